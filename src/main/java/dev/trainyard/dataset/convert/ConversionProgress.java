package dev.trainyard.dataset.convert;

import java.util.concurrent.atomic.AtomicLong;

/** How far a conversion is. Safe for concurrent use. */
public final class ConversionProgress {

  private final AtomicLong total = new AtomicLong();
  private final AtomicLong kept = new AtomicLong();
  private final AtomicLong reencoded = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong quarantined = new AtomicLong();

  void setAside(long badRecords) {
    quarantined.set(badRecords);
  }

  void expect(long images) {
    total.set(images);
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

  /** Images to look at; 0 while the archive is being listed. */
  public long imagesTotal() {
    return total.get();
  }

  public long imagesDone() {
    return kept.get() + reencoded.get() + refused.get();
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
