package dev.trainyard.trainer.device;

import org.tensorflow.TensorFlow;

/** TensorFlow's native part: some 650 MB, which take a good part of a trainer's start to load. */
public final class NativeLibrary {

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
  }
}
