package dev.trainyard.trainer.device;

import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;

/** TensorFlow's native part: some 650 MB, which take a good part of a trainer's start to load. */
public final class NativeLibrary {

  private static final int LONGEST_MILLIS = 10_000;

  private static volatile @Nullable Thread loading;

  private NativeLibrary() {}

  /** Loads it on a thread of its own; whoever needs it first waits for the rest. */
  public static void loadMeanwhile() {
    Thread thread =
        new Thread(
            () -> {
              try {
                TensorFlow.version();
              } catch (Throwable e) { // whoever needs it meets the failure again, and reports it
                System.err.println("TensorFlow cannot be loaded: " + e);
              }
            },
            "native-library");
    thread.setDaemon(true);
    thread.start();
    loading = thread;
  }

  /**
   * To be called before the process ends for want of it: whoever was second to need it has not been
   * told why it does not load, and the first may not have said so yet.
   */
  public static void letTheReasonBeSaid() {
    Thread thread = loading;
    if (thread != null) {
      try {
        thread.join(LONGEST_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
