package dev.trainyard.model.signing;

import dev.trainyard.storage.SecretFile;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The service's Ed25519 key, in a file of the data folder that only its owner may read. All
 * processes on the folder have the same. It is provisional, and its file called so, from the moment
 * that it is made until all that was registered without it is signed: whatever has no signature
 * after that was put there by somebody else.
 */
@Component
public class SigningKey {

  private static final String ALGORITHM = "Ed25519";
  private static final String FILE = "signing-key";

  private final Storage storage;
  private final Path file;
  private final Path provisional;
  private final PrivateKey secret;
  private final PublicKey known;
  private boolean fresh;
  private volatile boolean settled;

  /**
   * @throws UncheckedIOException when the file cannot be read or made
   * @throws IllegalStateException when there is no key in it
   */
  public SigningKey(Storage storage) {
    this.storage = storage;
    this.file = storage.of(FILE);
    this.provisional = storage.of(FILE + ".new");
    try {
      List<String> halves = read().lines().toList();
      KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
      this.secret = keys.generatePrivate(new PKCS8EncodedKeySpec(bytes(halves, 0)));
      this.known = keys.generatePublic(new X509EncodedKeySpec(bytes(halves, 1)));
    } catch (IOException e) {
      throw new UncheckedIOException("The signing key " + file + " cannot be read or made", e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "There is no signing key in "
              + file
              + ". Restore it from a backup, or delete it: then another one is made, and models whose files are what was registered are signed with it.",
          e);
    }
  }

  /** Whether all that this service registered without it is signed. */
  public boolean isSettled() {
    return settled;
  }

  /** Whether this process has just made it, so that no signature that there is can be by it. */
  public boolean isFresh() {
    return fresh;
  }

  /** Since when it is provisional; long ago when it is so no more. */
  public Instant made() throws IOException {
    try {
      return Files.getLastModifiedTime(provisional).toInstant();
    } catch (NoSuchFileException e) {
      return Instant.MIN;
    }
  }

  /** All that was registered without it is signed. */
  public void settle() throws IOException {
    try {
      Files.move(provisional, file, StandardCopyOption.ATOMIC_MOVE);
      storage.force(file.resolveSibling(""));
    } catch (NoSuchFileException e) {
      if (!Files.exists(file)) { // else another process was faster
        throw e;
      }
    }
    settled = true;
  }

  /** In Base64, of 88 characters. */
  String sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(message);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean hasSigned(byte[] message, String base64) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(known);
      signature.update(message);
      return signature.verify(Base64.getDecoder().decode(base64));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // it is no signature at all
    }
  }

  private String read() throws IOException {
    String made = Files.exists(file) ? "" : SecretFile.read(provisional, this::make);
    settled = Files.exists(file); // by now, if another process was faster
    return settled ? Files.readString(file) : made;
  }

  /** A line for each half. */
  private String make() {
    fresh = true;
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      Base64.Encoder base64 = Base64.getEncoder();
      return base64.encodeToString(pair.getPrivate().getEncoded())
          + "\n"
          + base64.encodeToString(pair.getPublic().getEncoded())
          + "\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java since 15 has it", e);
    }
  }

  private static byte[] bytes(List<String> halves, int index) {
    if (halves.size() != 2) {
      throw new IllegalArgumentException("It has " + halves.size() + " lines");
    }
    return Base64.getDecoder().decode(halves.get(index));
  }
}
