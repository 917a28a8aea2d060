package dev.trainyard.trainer.graph;

/** The operations that this TensorFlow has. */
public final class KnownOperations {

  private KnownOperations() {}

  public static boolean contains(String name) {
    return RegisteredOps.contains(name);
  }
}
