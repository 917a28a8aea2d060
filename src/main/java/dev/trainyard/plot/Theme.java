package dev.trainyard.plot;

/** The paper. */
public enum Theme {
  LIGHT,
  DARK,
  /** As the reader's system is set; an SVG can ask it, a PNG is light. */
  AUTO
}
