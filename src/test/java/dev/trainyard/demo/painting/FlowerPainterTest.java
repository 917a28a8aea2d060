package dev.trainyard.demo.painting;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowerPainterTest {

  private static final int LEARNT = 40;
  private static final int TESTED = 40;

  private final FlowerPainter painter = new FlowerPainter(1);

  @Test
  void the_same_seed_paints_the_same_picture() {
    for (FlowerKind kind : FlowerKind.values()) {
      assertThat(pixels(new FlowerPainter(1).paint(kind, 7)))
          .isEqualTo(pixels(painter.paint(kind, 7)));
    }
  }

  @Test
  void another_seed_index_or_kind_paints_another_picture() {
    int[] picture = pixels(painter.paint(FlowerKind.ROSES, 3));

    assertThat(pixels(new FlowerPainter(2).paint(FlowerKind.ROSES, 3))).isNotEqualTo(picture);
    assertThat(pixels(painter.paint(FlowerKind.ROSES, 4))).isNotEqualTo(picture);
    assertThat(pixels(painter.paint(FlowerKind.TULIPS, 3))).isNotEqualTo(picture);
  }

  @Test
  void pictures_have_the_promised_size() {
    for (int i = 0; i < 20; i++) {
      BufferedImage picture = painter.paint(FlowerKind.DAISY, i);
      assertThat(picture.getWidth()).isBetween(160, 200);
      assertThat(picture.getHeight()).isBetween(120, 150);
    }
  }

  @Test
  void mean_colour_hints_at_the_kind_but_does_not_give_it_away() {
    Map<FlowerKind, double[]> centres = new EnumMap<>(FlowerKind.class);
    for (FlowerKind kind : FlowerKind.values()) {
      double[] sum = new double[3];
      for (int i = 0; i < LEARNT; i++) {
        add(sum, meanColor(painter.paint(kind, i)), 1.0 / LEARNT);
      }
      centres.put(kind, sum);
    }
    int right = 0;
    for (FlowerKind kind : FlowerKind.values()) {
      for (int i = LEARNT; i < LEARNT + TESTED; i++) {
        double[] color = meanColor(painter.paint(kind, i));
        FlowerKind nearest =
            centres.keySet().stream()
                .min((a, b) -> Double.compare(apart(color, centres, a), apart(color, centres, b)))
                .orElseThrow();
        right += nearest == kind ? 1 : 0;
      }
    }
    double accuracy = right / (double) (TESTED * FlowerKind.values().length);

    assertThat(accuracy).isBetween(0.22, 0.60);
  }

  /** What tells the kinds apart even to a program this simple: the middle of the blossom. */
  @Test
  void a_sunflower_has_a_darker_heart_than_a_daisy() {
    double daisy = 0;
    double sunflower = 0;
    for (int i = 0; i < LEARNT; i++) {
      daisy += heartLight(painter.paint(FlowerKind.DAISY, i));
      sunflower += heartLight(painter.paint(FlowerKind.SUNFLOWERS, i));
    }
    assertThat(sunflower).isLessThan(0.8 * daisy);
  }

  private static int[] pixels(BufferedImage picture) {
    return picture.getRGB(
        0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
  }

  private static double[] meanColor(BufferedImage picture) {
    int[] pixels = pixels(picture);
    double[] sum = new double[3];
    for (int rgb : pixels) {
      sum[0] += rgb >> 16 & 0xff;
      sum[1] += rgb >> 8 & 0xff;
      sum[2] += rgb & 0xff;
    }
    return new double[] {sum[0] / pixels.length, sum[1] / pixels.length, sum[2] / pixels.length};
  }

  private static double heartLight(BufferedImage picture) {
    int side = 30;
    double[] color =
        meanColor(
            picture.getSubimage(
                (picture.getWidth() - side) / 2, (picture.getHeight() - side) / 2, side, side));
    return color[0] + color[1] + color[2];
  }

  private static void add(double[] sum, double[] value, double weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * value[i];
    }
  }

  private static double apart(double[] color, Map<FlowerKind, double[]> centres, FlowerKind kind) {
    double[] centre = centres.get(kind);
    return Math.hypot(Math.hypot(color[0] - centre[0], color[1] - centre[1]), color[2] - centre[2]);
  }
}
