package dev.trainyard.plot;

import java.util.List;

/**
 * Curves over the steps of training.
 *
 * @param x what the steps are called
 * @param y what is measured, with its unit
 * @param scale of the values
 * @param checkpoints steps that are marked below the axis
 * @param restarts steps that are marked by a line
 * @param empty what is said where there is nothing to draw
 */
public record Chart(
    String title,
    String subtitle,
    String x,
    String y,
    Scale scale,
    List<Line> lines,
    List<Long> checkpoints,
    List<Restart> restarts,
    String empty)
    implements Picture {

  /** So many curves, each with two lines, can be told apart. */
  public static final int MOST_CURVES = Ink.CURVES;

  /**
   * Of values that are not negative.
   *
   * @param fromZero whether the axis begins at 0 wherever the values are, unless it is logarithmic
   * @param ceiling no axis goes above it
   */
  public record Scale(boolean log, boolean fromZero, double ceiling) {}

  /**
   * @param name in the legend; empty for none
   * @param colour a number; lines that belong together have the same
   * @param places in the order of x
   */
  public record Line(String name, int colour, Style style, List<Place> places) {}

  /** How a line looks. */
  public enum Style {
    /** A line in a band from the lowest to the highest. */
    BAND,
    /** A pale line alone: beside something that matters more. */
    FAINT,
    /** A line with a dot at each value, unless there are many. */
    DOTS
  }

  /** What a curve is at a step, or at a stretch of steps. Where the mean is NaN it has a gap. */
  public record Place(double x, double low, double mean, double high) {}

  /**
   * @param colour of the curve that it belongs to; -1 when there is only one
   */
  public record Restart(long step, String label, int colour) {}
}
