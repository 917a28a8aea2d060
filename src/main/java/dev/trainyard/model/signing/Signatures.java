package dev.trainyard.model.signing;

import dev.trainyard.model.integrity.Sha256;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Signs versions and tells whether a signature is this service's. */
@Component
public class Signatures {

  private static final int MOST = 1000;

  private final SigningKey key;

  /**
   * Digests of what was found genuine before, by signature; those asked for longest ago go first.
   */
  private final Map<String, String> genuine =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  public Signatures(SigningKey key) {
    this.key = key;
  }

  public String sign(Statement statement) {
    return key.sign(statement.bytes());
  }

  /**
   * Whether it is this service's. What has none is, too, as long as the key is provisional. Cheap
   * for what has been asked before.
   */
  public boolean isGenuine(Statement statement, @Nullable String signature) {
    if (signature == null) {
      return !key.isSettled();
    }
    byte[] bytes = statement.bytes();
    MessageDigest sha256 = Sha256.begin();
    sha256.update(bytes);
    String digest = Sha256.end(sha256);
    synchronized (genuine) {
      if (digest.equals(genuine.get(signature))) {
        return true;
      }
    }
    boolean found = key.hasSigned(bytes, signature);
    if (found) {
      synchronized (genuine) {
        genuine.put(signature, digest);
      }
    }
    return found;
  }
}
