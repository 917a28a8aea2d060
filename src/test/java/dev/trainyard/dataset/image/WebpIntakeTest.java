package dev.trainyard.dataset.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebpIntakeTest {

  private final ImageIntake intake = new ImageIntake(4_000_000);

  @ParameterizedTest
  @ValueSource(strings = {"lossy.webp", "lossless.webp"})
  void a_webp_becomes_an_rgb_jpeg(String name) throws Exception {
    UsableImage taken = intake.take(TestImages.resource(name), ScanLevel.FULL);
    assertThat(taken.reencoded()).isTrue();
    assertThat(List.of(taken.width(), taken.height())).containsExactly(48, 32);
    assertThat(taken.traits().format()).isEqualTo(ImageTraits.Format.WEBP);
    BufferedImage image = TestImages.decode(taken.jpeg());
    assertNear(image, 6, 24, TestImages.RED);
    assertNear(image, 40, 16, TestImages.BLUE);
  }

  @Test
  void a_transparent_one_is_put_over_white() throws Exception {
    byte[] webp = TestImages.resource("transparent.webp");
    UsableImage taken = intake.take(webp, ScanLevel.FULL);
    assertNear(TestImages.decode(taken.jpeg()), 40, 16, Color.WHITE);
    assertThat(taken.traits().channels()).isEqualTo(4);
  }

  @Test
  void a_turned_one_is_set_upright() throws Exception {
    UsableImage taken = intake.take(TestImages.resource("turned.webp"), ScanLevel.FULL);
    assertThat(List.of(taken.width(), taken.height())).containsExactly(32, 48);
    assertNear(TestImages.decode(taken.jpeg()), 28, 4, TestImages.GREEN);
  }

  @Test
  void an_animation_a_cut_one_and_one_over_the_limit_are_refused() {
    assertReason(
        TestImages.resource("animated.webp"),
        "is an animated WebP; save the picture that is meant as a JPEG or a PNG");
    byte[] webp = TestImages.resource("lossy.webp");
    assertReason(Arrays.copyOf(webp, webp.length - 9), "ends too early: the WebP is truncated");
    webp[27] = 0x3F; // 16,176 pixels wide
    webp[29] = 0x3F;
    assertThatThrownBy(() -> intake.take(webp, ScanLevel.FULL))
        .hasMessageContaining("up to 1.0 megapixels are taken of this format");
  }

  /** Bits of its header are changed, and zeros taken for what is not there would go on for long. */
  @Test
  void one_that_claims_more_than_it_holds_is_refused() {
    byte[] webp =
        Base64.getDecoder()
            .decode(
                "UklGRkQAAABXRUJQVlA4TDcAAAAvL8AHAN4gFkxDOruDYSyY/IkLPCyBQGIS26SzzX/Y2gI1HxtBIXkkg7Pj"
                    + "fWNE/ydABSr2RPwMAA==");
    assertReason(webp, "cannot be decoded: it ends too early");
  }

  @Test
  void whatever_bytes_come_only_the_checked_refusal_goes() throws Exception {
    Random random = new Random(1);
    List<byte[]> seeds =
        List.of(
            TestImages.resource("lossy.webp"),
            TestImages.resource("lossless.webp"),
            TestImages.resource("transparent.webp"));
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      byte[] bytes = seeds.get(i % seeds.size()).clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(intake.take(bytes, ScanLevel.FULL).width()).isPositive();
      } catch (UnusableImageException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(50, 599);
  }

  private void assertReason(byte[] bytes, String reason) {
    assertThatThrownBy(() -> intake.take(bytes, ScanLevel.FULL))
        .isInstanceOf(UnusableImageException.class)
        .hasMessage(reason);
  }

  private static void assertNear(BufferedImage image, int x, int y, Color expected) {
    Color actual = new Color(image.getRGB(x, y));
    assertThat(Math.abs(actual.getRed() - expected.getRed())).isLessThan(12);
    assertThat(Math.abs(actual.getGreen() - expected.getGreen())).isLessThan(12);
    assertThat(Math.abs(actual.getBlue() - expected.getBlue())).isLessThan(12);
  }
}
