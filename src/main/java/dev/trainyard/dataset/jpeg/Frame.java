package dev.trainyard.dataset.jpeg;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the only scan of a baseline JPEG.
 *
 * @param inRgb its components are red, green and blue; else luminance and two differences, or grey
 * @param restartInterval MCUs between two restart markers; 0 for none
 * @param scan where its bits begin
 */
record Frame(
    int width,
    int height,
    List<Component> components,
    boolean inRgb,
    int restartInterval,
    int scan) {

  /**
   * @param horizontal blocks in an MCU, side by side
   * @param quantization of the coefficients, in zigzag order
   */
  record Component(
      int id, int horizontal, int vertical, int[] quantization, HuffmanTable dc, HuffmanTable ac) {}

  int maxHorizontal() {
    return components.stream().mapToInt(Component::horizontal).max().orElse(1);
  }

  int maxVertical() {
    return components.stream().mapToInt(Component::vertical).max().orElse(1);
  }

  /** Null when it is another kind of JPEG, or one that is not wholly in order. */
  static @Nullable Frame parse(byte[] jpeg) {
    try {
      return new FrameReader(jpeg).read();
    } catch (IndexOutOfBoundsException e) {
      return null; // it ends within its header
    }
  }
}
