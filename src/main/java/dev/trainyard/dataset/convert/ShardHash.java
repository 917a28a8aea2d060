package dev.trainyard.dataset.convert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The SHA-256 of a shard that was written before. */
public final class ShardHash {

  private static final int CHUNK = 1 << 18;

  private ShardHash() {}

  /**
   * In hexadecimal digits.
   *
   * @param end {@link System#nanoTime()} at which to stop
   * @return empty when that came before the end of the file
   */
  public static String of(Path shard, long end) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(shard)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        if (System.nanoTime() - end > 0) {
          return "";
        }
        digest.update(chunk, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
