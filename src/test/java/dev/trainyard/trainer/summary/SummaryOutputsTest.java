package dev.trainyard.trainer.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.Summary;
import org.tensorflow.types.TFloat32;

class SummaryOutputsTest {

  @Test
  void pixels_are_mapped_back_and_clipped() throws IOException {
    List<Summary.Value> images = shown(false, 2);

    assertThat(images)
        .extracting(Summary.Value::getTag)
        .containsExactly("input/image/0", "input/image/1");
    BufferedImage second = image(images.get(1));
    assertThat(second.getWidth()).isEqualTo(5);
    assertThat(second.getHeight()).isEqualTo(4);
    assertThat(second.getRGB(0, 0)).isEqualTo(0xff_00_80_ff); // below -1, at 0, above 1
    assertThat(second.getRGB(1, 0)).isEqualTo(0xff_00_bf_ff); // -1, 0.5, 1
  }

  @Test
  void batch_last_images_are_turned_back_and_no_more_than_four_are_shown() throws IOException {
    List<Summary.Value> images = shown(true, 6);

    assertThat(images).hasSize(4);
    assertThat(image(images.get(1)).getRGB(0, 0)).isEqualTo(0xff_00_80_ff);
    assertThat(image(images.get(1)).getRGB(1, 0)).isEqualTo(0xff_00_bf_ff);
  }

  @Test
  void later_steps_show_nothing() {
    assertThat(shown(false, 6, 1)).isEmpty();
    assertThat(shown(true, 6, 12)).isEmpty();
  }

  private static List<Summary.Value> shown(boolean batchLast, int batch) {
    return shown(batchLast, batch, 0);
  }

  /** Images of 4 rows of 5 pixels, black but for the second one's first two pixels. */
  private static List<Summary.Value> shown(boolean batchLast, int batch, long step) {
    float[][][][] pixels = new float[batch][4][5][3];
    for (float[][][] image : pixels) {
      for (float[][] row : image) {
        for (float[] pixel : row) {
          Arrays.fill(pixel, -1);
        }
      }
    }
    pixels[1][0][0] = new float[] {-1.7f, 0, 1.3f};
    pixels[1][0][1] = new float[] {-1, 0.5f, 1};
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops ops = Ops.create(graph);
      Operand<TFloat32> images =
          ops.constant(StdArrays.ndCopyOf(pixels)).asOutput().expect(TFloat32.class);
      Operand<TFloat32> laidOut =
          batchLast
              ? ops.reshape(
                  ops.linalg.transpose(images, ops.constant(new int[] {1, 2, 3, 0})),
                  ops.constant(Shape.of(4, 5, 3, batch).asArray()))
              : images;
      return SummaryOutputs.fetch(session, SummaryOutputs.images(ops, laidOut, ops.constant(step)))
          .getValueList();
    }
  }

  private static BufferedImage image(Summary.Value value) throws IOException {
    return ImageIO.read(value.getImage().getEncodedImageString().newInput());
  }
}
