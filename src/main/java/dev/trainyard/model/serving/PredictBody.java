package dev.trainyard.model.serving;

import dev.trainyard.model.predict.ModelProperties;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Lets request bodies into memory: each up to {@code max-request-size}, and all that are there at
 * the same time together no more than that, so that no crowd of clients can fill the heap.
 */
@Component
class PredictBody {

  private static final int KILOBYTE = 1024;

  private final ModelProperties properties;
  private final long maxBytes;
  private final int maxKilobytes;
  private final Semaphore kilobytes;

  PredictBody(ModelProperties properties) {
    this.properties = properties;
    this.maxBytes = properties.maxRequestSize().toBytes();
    this.maxKilobytes = (int) Math.max(1, properties.maxRequestSize().toKilobytes());
    this.kilobytes = new Semaphore(maxKilobytes, true);
  }

  /**
   * Gives the body to {@code work} as soon as there is room for it, and holds the room as long.
   *
   * @throws ProblemException UPLOAD_TOO_LARGE, at once when the request says its length; or
   *     MODEL_UNAVAILABLE when there was no room in time
   */
  <T> T read(HttpServletRequest request, Work<T> work) throws IOException {
    long length = request.getContentLengthLong();
    if (length > maxBytes) {
      throw tooLarge();
    }
    int room = length < 0 ? maxKilobytes : (int) Math.min(maxKilobytes, length / KILOBYTE + 1);
    acquire(room);
    try {
      return work.on(new Bounded(request.getInputStream()));
    } finally {
      kilobytes.release(room);
    }
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

  private ProblemException tooLarge() {
    return new ProblemException(
        Problem.UPLOAD_TOO_LARGE,
        "A prediction request may have up to "
            + maxBytes
            + " bytes (trainyard.model.max-request-size). Send the images in several requests.");
  }

  /** What is done with a body. */
  interface Work<T> {
    T on(InputStream body) throws IOException;
  }

  /** Counts a body whose length was not told, or told wrongly. */
  private final class Bounded extends FilterInputStream {
    private long left = maxBytes;

    private Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw tooLarge();
      }
    }
  }
}
