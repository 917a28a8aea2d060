package dev.trainyard.security.key;

import dev.trainyard.security.Caller;
import dev.trainyard.security.Scope;
import dev.trainyard.security.SecurityProperties;
import dev.trainyard.security.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The token that comes with the service, for whoever may read its data folder. It is in a file and
 * nowhere else; another one is there as soon as the file is deleted and the service started anew.
 */
@Component
public class LocalToken {

  private static final String ID = "0service";
  private static final Caller CALLER = new Caller("local", null, Scope.ADMIN, null);
  private static final String FOR_THE_OWNER = "rw-------";

  private final Path file;
  private final String sha256;

  /**
   * @throws UncheckedIOException when the file cannot be read or made
   * @throws UnusableTokenException when it holds no token
   */
  LocalToken(SecurityProperties properties) {
    this.file = properties.tokenFile().toAbsolutePath().normalize();
    try {
      this.sha256 = read().sha256();
    } catch (IOException e) {
      throw new UncheckedIOException("The token file " + file + " cannot be read or written", e);
    }
  }

  public Path file() {
    return file;
  }

  /** Whether it is the token with this digest. */
  boolean hasDigest(String digest) {
    return Token.equal(digest, sha256);
  }

  Caller caller() {
    return CALLER;
  }

  private Token read() throws IOException {
    try {
      return existing();
    } catch (NoSuchFileException e) {
      make();
      return existing(); // of another process, perhaps, that was faster
    }
  }

  private Token existing() throws IOException {
    Token token = new Token(Files.readString(file).strip());
    if (!token.isWellFormed()) {
      throw new UnusableTokenException(file);
    }
    return token;
  }

  /** There whole or not at all, and never for a moment readable by others. */
  private void make() throws IOException {
    Path parent = Files.createDirectories(file.resolveSibling("").toAbsolutePath());
    Path aside = parent.resolve("." + file.getFileName() + "." + UUID.randomUUID());
    Files.createFile(aside, ownersOnly());
    try {
      Files.writeString(aside, Token.of(ID).text() + "\n");
      Files.createLink(file, aside); // unlike a move, it never replaces what is there
    } catch (FileAlreadyExistsException e) {
      // Another process was faster: its token is read.
    } finally {
      Files.delete(aside);
    }
  }

  private static FileAttribute<?>[] ownersOnly() {
    Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
    return views.contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FOR_THE_OWNER))
        }
        : new FileAttribute<?>[0];
  }
}
