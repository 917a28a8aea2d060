package dev.trainyard.dataset.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.dataset.jpeg.ChannelMoments;
import dev.trainyard.dataset.jpeg.JpegScan;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The walk against the decoder, whose judgement it stands for. */
class JpegWalkTest {

  @ParameterizedTest
  @ValueSource(strings = {"restart.jpg", "optimized.jpg", "halved.jpg", "grey.jpg", "waves.jpg"})
  void a_walk_tells_the_colours_that_a_decoder_sees(String name) {
    byte[] jpeg = TestImages.resource(name);
    ChannelMoments moments = JpegScan.full(jpeg).orElseThrow().moments();
    BufferedImage image = TestImages.decode(jpeg);
    for (int channel = 0; channel < 3; channel++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
        // The raster, for Java's grey is brighter in RGB.
        int x = i % image.getWidth();
        int band = Math.min(channel, image.getRaster().getNumBands() - 1);
        int order = image.getRaster().getNumBands() == 1 ? 0 : band;
        double sample = image.getRaster().getSample(x, i / image.getWidth(), order) / 255.0;
        sum += sample;
        squares += sample * sample;
      }
      double pixels = image.getWidth() * image.getHeight();
      double mean = sum / pixels;
      assertThat((double) moments.mean()[channel]).isCloseTo(mean, within(0.03));
      assertThat(deviation(moments.mean()[channel], moments.square()[channel]))
          .isCloseTo(deviation(mean, squares / pixels), within(0.05));
    }
  }

  private static double deviation(double mean, double square) {
    return Math.sqrt(square - mean * mean);
  }

  @Test
  void any_size_is_walked_to_its_end() {
    for (int side = 1; side < 40; side++) {
      byte[] jpeg = TestImages.jpeg(side, 41 - side);
      assertThat(JpegScan.full(jpeg)).as("%s pixels wide", side).isPresent();
    }
  }

  @Test
  void what_is_cut_or_no_baseline_jpeg_is_left_to_the_decoder() {
    for (String name : List.of("restart.jpg", "optimized.jpg", "grey.jpg")) {
      byte[] jpeg = TestImages.resource(name);
      for (int length = 2; length < jpeg.length; length++) {
        assertThat(JpegScan.full(Arrays.copyOf(jpeg, length))).isEmpty();
        assertThat(JpegScan.fast(Arrays.copyOf(jpeg, length))).isEmpty();
      }
    }
    assertThat(JpegScan.full(TestImages.resource("progressive.jpg"))).isEmpty();
    assertThat(JpegScan.full(TestImages.resource("cmyk.jpg"))).isEmpty();
  }

  @Test
  void whatever_a_walk_lets_pass_the_decoder_decodes_without_a_warning() {
    Random random = new Random(1);
    int passed = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] jpeg =
          TestImages.resource(List.of("restart.jpg", "optimized.jpg", "halved.jpg").get(i % 3));
      int header = i % 2 == 0 ? 600 : 2; // half of them in the scan alone
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        jpeg[header + random.nextInt(jpeg.length - header)] = (byte) random.nextInt();
      }
      if (JpegScan.full(jpeg).isPresent()) {
        passed++;
        assertThatCode(() -> JpegDecodability.check(jpeg, JpegHeader.parse(jpeg)))
            .as("image %s", i)
            .doesNotThrowAnyException();
      }
    }
    assertThat(passed).isBetween(50, 2900);
  }

  @Test
  void bytes_after_the_end_do_no_harm_and_are_told() {
    byte[] jpeg = TestImages.resource("halved.jpg");
    byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 1000);
    assertThat(JpegScan.full(jpeg).orElseThrow().trailing()).isFalse();
    assertThat(JpegScan.full(longer).orElseThrow().trailing()).isTrue();
    assertThat(JpegScan.fast(longer).orElseThrow().trailing()).isTrue();
  }
}
