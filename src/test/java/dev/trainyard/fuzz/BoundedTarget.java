package dev.trainyard.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** A target that must not take more memory than its input is worth. */
final class BoundedTarget implements FuzzTarget {

  /** A fixed share for buffers and tables, and so much a byte. */
  private static final long ALWAYS = 48L << 20;

  private static final long A_BYTE = 2000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final FuzzTarget target;

  BoundedTarget(FuzzTarget target) {
    this.target = target;
  }

  @Override
  public void take(byte[] bytes) throws Exception {
    long most = ALWAYS + A_BYTE * bytes.length;
    // Once more when it was too much: the first time, classes were loaded too.
    if (taken(bytes) > most && taken(bytes) > most) {
      throw new AssertionError(
          "%,d bytes of input took more than %,d".formatted(bytes.length, most));
    }
  }

  private long taken(byte[] bytes) throws Exception {
    long before = threads.getCurrentThreadAllocatedBytes();
    target.take(bytes);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
