package dev.trainyard.cli.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of the service on its way to a file here: written aside under a name that is made of its
 * digest, so that a later try goes on where this one ended, compared with the digest, and renamed.
 *
 * @param length in bytes
 * @param sha256 in lower-case hexadecimal
 */
public record ModelDownload(
    ServiceClient service, String path, long length, String sha256, String etag) {

  private static final Pattern DIGEST = Pattern.compile("sha-256=:([A-Za-z0-9+/]{43}=):");
  private static final Duration PACKING = Duration.ofMinutes(10);
  private static final int BUFFER = 1 << 16;

  /** Asks what there is to load. An archive is packed now if it never was. */
  public static ModelDownload of(ServiceClient service, String path)
      throws IOException, InterruptedException {
    HttpRequest.Builder head =
        service.request(path).timeout(PACKING).method("HEAD", BodyPublishers.noBody());
    Answer answer = service.send(head);
    Matcher digest = DIGEST.matcher(answer.header("Repr-Digest"));
    if (!digest.matches()) {
      throw new IOException("The service names no digest (Repr-Digest) of " + path + ".");
    }
    return new ModelDownload(
        service,
        path,
        Long.parseLong(answer.header("Content-Length")),
        HexFormat.of().formatHex(Base64.getDecoder().decode(digest.group(1))),
        answer.header("ETag"));
  }

  /**
   * @param replace what is there by that name
   * @param received is told how many bytes are here
   */
  public void to(Path target, boolean replace, LongConsumer received)
      throws IOException, InterruptedException {
    Path part = target.resolveSibling("." + target.getFileName() + "." + sha256 + ".part");
    try (FileChannel file =
            FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock alone = lock(file)) {
      if (alone == null) {
        throw new IOException("Another process is downloading to " + target + ".");
      }
      receive(file, received);
      file.force(true);
      if (!digest(file).equals(sha256)) {
        Files.delete(part);
        throw new IOException(
            "What came is not what the service has (SHA-256 differs). Nothing was kept; try again.");
      }
      if (replace) {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.move(part, target);
      }
    }
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void receive(FileChannel file, LongConsumer received)
      throws IOException, InterruptedException {
    Patience patience = service.patience();
    patience.renew(); // it has answered HEAD
    while (file.size() < length) {
      long before = file.size();
      try {
        rest(file, received);
        if (file.size() < length) {
          throw service.broken(new EOFException("too few bytes"));
        }
      } catch (UnreachableException | RefusedException e) {
        if (file.size() > before) {
          patience.renew();
        }
        patience.endure(e);
      }
    }
    file.truncate(length);
  }

  private void rest(FileChannel file, LongConsumer received)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = service.request(path).timeout(PACKING);
    if (file.size() > 0) {
      request.header("Range", "bytes=" + file.size() + "-").header("If-Range", etag);
    }
    HttpResponse<InputStream> response = service.exchange(request, BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      int status = response.statusCode();
      if (status >= 400) {
        throw service.refused(status, new String(read(in, BUFFER), StandardCharsets.UTF_8));
      }
      if (status != 206) {
        file.truncate(0);
      }
      file.position(file.size());
      for (byte[] bytes = read(in, BUFFER); bytes.length > 0; bytes = read(in, BUFFER)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          file.write(buffer);
        }
        received.accept(file.position());
      }
    }
  }

  /** A disk that is full is not taken for a broken connection. */
  private byte[] read(InputStream in, int most) throws UnreachableException {
    byte[] bytes = new byte[most];
    try {
      int read = in.read(bytes);
      return Arrays.copyOf(bytes, Math.max(read, 0));
    } catch (IOException e) {
      throw service.broken(e);
    }
  }

  private static String digest(FileChannel file) throws IOException {
    MessageDigest sha256;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
    file.position(0);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    while (file.read(buffer) >= 0) {
      sha256.update(buffer.flip());
      buffer.clear();
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}
