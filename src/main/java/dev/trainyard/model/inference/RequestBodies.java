package dev.trainyard.model.inference;

import dev.trainyard.model.predict.ModelProperties;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Lets request bodies into memory: each up to {@code max-request-size}, and all that are there at
 * the same time together no more than that, so that no crowd of clients can fill the heap.
 */
@Component
public class RequestBodies {

  private static final int KILOBYTE = 1024;

  private final ModelProperties properties;
  private final long maxBytes;
  private final int maxKilobytes;
  private final Semaphore kilobytes;

  RequestBodies(ModelProperties properties) {
    this.properties = properties;
    this.maxBytes = properties.maxRequestSize().toBytes();
    this.maxKilobytes = (int) Math.max(1, properties.maxRequestSize().toKilobytes());
    this.kilobytes = new Semaphore(maxKilobytes, true);
  }

  /** Gives the body to {@code work} as soon as there is room for it, and holds the room as long. */
  public <T> T read(HttpServletRequest request, Work<T> work) throws IOException {
    return hold(
        request.getContentLengthLong(),
        () -> work.on(bytes(request.getInputStream(), request.getContentLengthLong())));
  }

  /**
   * Does {@code work} as soon as there is room for what it holds in memory.
   *
   * @param length in bytes; -1 when it is not known
   * @throws ProblemException UPLOAD_TOO_LARGE, at once; or MODEL_UNAVAILABLE when there was no room
   *     in time
   */
  public <T> T hold(long length, Holding<T> work) throws IOException {
    checkSize(length);
    int room = length < 0 ? maxKilobytes : (int) Math.min(maxKilobytes, length / KILOBYTE + 1);
    acquire(room);
    try {
      return work.run();
    } finally {
      kilobytes.release(room);
    }
  }

  public void checkSize(long length) {
    if (length > maxBytes) {
      throw new ProblemException(
          Problem.UPLOAD_TOO_LARGE,
          "A prediction request may have up to "
              + maxBytes
              + " bytes (trainyard.model.max-request-size). Send the images in several requests.");
    }
  }

  private byte[] bytes(InputStream in, long length) throws IOException {
    if (length >= 0) {
      byte[] body = new byte[(int) length];
      int read = in.readNBytes(body, 0, body.length);
      return read == body.length ? body : Arrays.copyOf(body, read);
    }
    byte[] body = in.readNBytes((int) maxBytes + 1);
    checkSize(body.length);
    return body;
  }

  private void acquire(int room) {
    try {
      if (kilobytes.tryAcquire(
          room, properties.predictionTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ProblemException(
        Problem.MODEL_UNAVAILABLE,
        "Too many images are being predicted at the same time. Try again later.");
  }

  /** What is done with a body. */
  public interface Work<T> {
    T on(byte[] body) throws IOException;
  }

  /** What is done while room is held. */
  public interface Holding<T> {
    T run() throws IOException;
  }
}
