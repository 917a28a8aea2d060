package dev.trainyard.trainer.device;

/** How much memory TensorFlow may take outside the Java heap. */
public final class NativeMemory {

  private NativeMemory() {}

  /**
   * Lets the operating system, or the container, set the limit. JavaCPP would by itself refuse to
   * go on when the whole process is larger than four times the Java heap, which says nothing about
   * a process whose work is outside the heap. To be called before anything of TensorFlow is used.
   */
  public static void leaveToTheSystem() {
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
  }
}
