package dev.trainyard.security.key;

import dev.trainyard.security.Caller;
import dev.trainyard.security.Token;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells who comes with a secret that was made here. */
@Component
public class Credentials {

  private final LocalToken local;
  private final ApiKeys keys;

  Credentials(LocalToken local, ApiKeys keys) {
    this.local = local;
    this.keys = keys;
  }

  public Optional<Caller> caller(Token token) {
    return token.isWellFormed() ? ofDigest(token.sha256()) : Optional.empty();
  }

  /**
   * The same for one who came earlier.
   *
   * @param sha256 of the secret
   */
  public Optional<Caller> ofDigest(String sha256) {
    return local.hasDigest(sha256) ? Optional.of(local.caller()) : keys.use(sha256);
  }
}
