package dev.trainyard.demo.painting;

import java.awt.Graphics2D;
import java.util.random.RandomGenerator;

/** Paints one kind of flower. Implementations hold no state. */
interface Blossom {

  /**
   * Paints one blossom around the origin, with whatever of stem and leaves belongs to it; y points
   * down.
   *
   * @param radius of the blossom, in pixels
   */
  void paint(Graphics2D canvas, double radius, RandomGenerator random);
}
