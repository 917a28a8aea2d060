package dev.trainyard.dataset.report;

/** Four digits after the point say all that a report knows. */
final class Rounded {

  private Rounded() {}

  static double of(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
