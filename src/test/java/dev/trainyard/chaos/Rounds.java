package dev.trainyard.chaos;

/**
 * How often a chaos test does what it does: a few times in every build, often with {@code
 * -Dtrainyard.chaos=full}, or as {@code -Dtrainyard.chaos.<test>} says.
 */
final class Rounds {

  private Rounds() {}

  /**
   * @param test its name in {@code src/docs/reliability.md}
   */
  static int of(String test, int few, int full) {
    int usual = "full".equals(System.getProperty("trainyard.chaos")) ? full : few;
    return Integer.getInteger("trainyard.chaos." + test, usual);
  }

  /** Says what was measured: one line for {@code src/docs/reliability.md}. */
  static void measured(String test, String figures, Object... values) {
    System.out.printf("[chaos] %s: %s%n", test, figures.formatted(values));
  }
}
