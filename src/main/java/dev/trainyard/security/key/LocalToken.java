package dev.trainyard.security.key;

import dev.trainyard.security.Caller;
import dev.trainyard.security.Scope;
import dev.trainyard.security.SecurityProperties;
import dev.trainyard.security.Token;
import dev.trainyard.storage.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/**
 * The token that comes with the service, for whoever may read its data folder. It is in a file and
 * nowhere else; another one is there as soon as the file is deleted and the service started anew.
 */
@Component
public class LocalToken {

  private static final String ID = "0service";
  private static final Caller CALLER = new Caller("local", null, Scope.ADMIN, null);

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
    Token token = new Token(SecretFile.read(file, () -> Token.of(ID).text() + "\n").strip());
    if (!token.isWellFormed()) {
      throw new UnusableTokenException(file);
    }
    return token;
  }
}
