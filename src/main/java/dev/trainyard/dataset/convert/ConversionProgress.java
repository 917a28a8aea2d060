package dev.trainyard.dataset.convert;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How far a conversion is. Safe for concurrent use. */
public class ConversionProgress {

  /**
   * One look at it.
   *
   * @param done images of the phase
   * @param total of them; 0 while it is not known
   * @param bytes of images in the phase
   * @param imagesPerSecond since the phase began; null before the first
   * @param etaSeconds until the phase ends
   */
  public record Snapshot(
      ConversionPhase phase,
      long done,
      long total,
      long bytes,
      @Nullable Double imagesPerSecond,
      @Nullable Double etaSeconds) {}

  private static final double NANOS = 1e9;

  private volatile ConversionPhase phase = ConversionPhase.LISTING;
  private volatile long phaseStart = System.nanoTime();
  private volatile boolean abandoned;
  private final AtomicLong total = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong kept = new AtomicLong();
  private final AtomicLong reencoded = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong quarantined = new AtomicLong();

  void setAside(long badRecords) {
    quarantined.set(badRecords);
  }

  /** Called by one thread, while no other reports. */
  void begin(ConversionPhase next, long images) {
    total.set(images);
    done.set(0);
    bytes.set(0);
    phaseStart = System.nanoTime();
    phase = next;
  }

  /** One more image of the phase. */
  void advance(long imageBytes) {
    done.incrementAndGet();
    bytes.addAndGet(imageBytes);
  }

  /** From now on it is to stop as soon as it can. */
  public void abandon() {
    abandoned = true;
  }

  boolean isWanted() {
    return !abandoned;
  }

  /** To be asked often. */
  void requireWanted() throws AbandonedConversionException {
    if (!isWanted()) {
      throw new AbandonedConversionException();
    }
  }

  public Snapshot snapshot() {
    long images = done.get();
    long all = total.get();
    double seconds = (System.nanoTime() - phaseStart) / NANOS;
    Double rate = images == 0 || seconds <= 0 ? null : (Double) (images / seconds);
    return new Snapshot(
        phase,
        images,
        all,
        bytes.get(),
        rate,
        rate == null || all == 0 ? null : (Double) (Math.max(0, all - images) / rate));
  }

  void kept() {
    kept.incrementAndGet();
  }

  void reencoded() {
    reencoded.incrementAndGet();
  }

  void refused() {
    refused.incrementAndGet();
  }

  public long imagesKept() {
    return kept.get();
  }

  public long imagesReencoded() {
    return reencoded.get();
  }

  public long imagesRefused() {
    return refused.get();
  }

  /** Rows and images that the quarantine list names, once the conversion has ended. */
  public long quarantined() {
    return quarantined.get();
  }
}
