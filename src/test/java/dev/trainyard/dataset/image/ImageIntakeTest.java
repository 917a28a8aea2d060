package dev.trainyard.dataset.image;

import static dev.trainyard.dataset.image.TestImages.BLUE;
import static dev.trainyard.dataset.image.TestImages.GREEN;
import static dev.trainyard.dataset.image.TestImages.RED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageIntakeTest {

  private final ImageIntake intake = new ImageIntake(25_000_000);

  @Test
  void a_jpeg_is_kept_byte_for_byte() throws Exception {
    byte[] jpeg = TestImages.jpeg(40, 30);
    UsableImage taken = take(jpeg);
    assertThat(taken.jpeg()).isSameAs(jpeg);
    assertThat(List.of(taken.width(), taken.height())).containsExactly(40, 30);
    assertThat(taken.reencoded()).isFalse();
  }

  @Test
  void grey_and_progressive_jpegs_are_kept_too() throws Exception {
    byte[] grey = TestImages.encode(TestImages.draw(9, 7, BufferedImage.TYPE_BYTE_GRAY), "jpeg");
    byte[] progressive = TestImages.resource("progressive.jpg");
    assertThat(take(grey).jpeg()).isSameAs(grey);
    assertThat(take(progressive).jpeg()).isSameAs(progressive);
  }

  @Test
  void a_jpeg_that_is_cut_anywhere_is_refused() {
    for (byte[] whole : List.of(TestImages.jpeg(64, 48), TestImages.resource("progressive.jpg"))) {
      for (int length = 1; length < whole.length; length += length < whole.length - 40 ? 7 : 1) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> take(cut))
            .as("%s of %s bytes", length, whole.length)
            .isInstanceOf(UnusableImageException.class);
      }
    }
  }

  @Test
  void a_fast_look_still_finds_what_is_cut_short() throws Exception {
    byte[] jpeg = TestImages.jpeg(64, 48);
    assertThat(intake.take(jpeg, ScanLevel.FAST).jpeg()).isSameAs(jpeg);
    byte[] cut = Arrays.copyOf(jpeg, jpeg.length - 20);
    assertThatThrownBy(() -> intake.take(cut, ScanLevel.FAST))
        .hasMessage("ends too early: the JPEG is truncated");
  }

  @Test
  void the_same_image_with_other_metadata_has_the_same_fingerprint() throws Exception {
    byte[] jpeg = TestImages.jpeg(64, 48);
    byte[] upright = TestImages.oriented(jpeg, 1);
    Fingerprint plain = take(jpeg).traits().fingerprint();
    assertThat(take(upright).traits().fingerprint()).isEqualTo(plain);
    assertThat(take(TestImages.oriented(jpeg, 6)).traits().fingerprint()).isNotEqualTo(plain);
    assertThat(take(TestImages.jpeg(64, 47)).traits().fingerprint()).isNotEqualTo(plain);
  }

  @Test
  void a_truncated_jpeg_is_told_as_such() {
    byte[] jpeg = TestImages.jpeg(64, 48);
    assertReason(Arrays.copyOf(jpeg, jpeg.length - 20), "ends too early: the JPEG is truncated");
    assertReason(Arrays.copyOf(jpeg, 30), "ends within its header");
  }

  @Test
  void whatever_bytes_come_only_the_checked_refusal_goes() throws Exception {
    Random random = new Random(1);
    List<byte[]> seeds =
        List.of(
            TestImages.jpeg(33, 21),
            TestImages.png(33, 21),
            TestImages.oriented(TestImages.jpeg(20, 20), 6),
            TestImages.resource("cmyk.jpg"));
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = seeds.get(i % seeds.size()).clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        UsableImage taken = take(bytes);
        assertThat(taken.width()).isPositive();
      } catch (UnusableImageException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(300, 1999);
  }

  @Test
  void a_png_becomes_an_rgb_jpeg() throws Exception {
    assertHalves(take(TestImages.png(48, 32)), 48, 32);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_BINARY
      })
  void a_grey_png_keeps_its_brightness(int type) throws Exception {
    BufferedImage image = new BufferedImage(16, 16, type);
    int stored = type == BufferedImage.TYPE_BYTE_BINARY ? 1 : 0x64;
    int sample = type == BufferedImage.TYPE_USHORT_GRAY ? 0x6400 : stored;
    for (int i = 0; i < 256; i++) {
      image.getRaster().setSample(i % 16, i / 16, 0, sample);
    }
    int seen = type == BufferedImage.TYPE_BYTE_BINARY ? 255 : 0x64;
    UsableImage taken = take(TestImages.encode(image, "png"));
    assertColour(TestImages.decode(taken.jpeg()), 8, 8, new Color(seen, seen, seen));
  }

  @Test
  void a_16_bit_png_with_transparency_is_put_over_white() throws Exception {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(16, 16);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, new int[] {0xFFFF, 0, 0, i < 128 ? 0 : 0xFFFF});
    }
    byte[] png = TestImages.encode(new BufferedImage(model, raster, false, null), "png");
    BufferedImage jpeg = TestImages.decode(take(png).jpeg());
    assertColour(jpeg, 8, 2, Color.WHITE);
    assertColour(jpeg, 8, 13, Color.RED);
  }

  @Test
  void a_palette_png_is_taken() throws Exception {
    BufferedImage image = TestImages.draw(48, 32, BufferedImage.TYPE_BYTE_INDEXED);
    UsableImage taken = take(TestImages.encode(image, "png"));
    assertColour(TestImages.decode(taken.jpeg()), 40, 20, new Color(image.getRGB(40, 20)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cmyk.jpg", "ycck.jpg"})
  void a_jpeg_of_printing_inks_becomes_rgb(String name) throws Exception {
    UsableImage taken = take(TestImages.resource(name));
    assertThat(taken.reencoded()).isTrue();
    BufferedImage jpeg = TestImages.decode(taken.jpeg());
    assertColour(jpeg, 8, 16, RED);
    assertColour(jpeg, 40, 16, BLUE);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 64, 32, 4, 4", "2, 64, 32, 60, 4", "3, 64, 32, 60, 28", "4, 64, 32, 4, 28",
    "5, 32, 64, 4, 4", "6, 32, 64, 28, 4", "7, 32, 64, 28, 60", "8, 32, 64, 4, 60"
  })
  void a_turned_jpeg_is_set_upright(int orientation, int width, int height, int greenX, int greenY)
      throws Exception {
    UsableImage taken = take(TestImages.oriented(TestImages.jpeg(64, 32), orientation));
    assertThat(taken.reencoded()).isEqualTo(orientation != 1);
    assertThat(List.of(taken.width(), taken.height())).containsExactly(width, height);
    BufferedImage upright = TestImages.decode(taken.jpeg());
    assertThat(List.of(upright.getWidth(), upright.getHeight())).containsExactly(width, height);
    assertColour(upright, greenX, greenY, GREEN);
  }

  @Test
  void other_formats_are_refused_by_name() {
    assertReason("daisy".getBytes(StandardCharsets.UTF_8), "is no JPEG, PNG or WebP, but a text");
    byte[] gif = TestImages.encode(TestImages.draw(5, 5, BufferedImage.TYPE_BYTE_INDEXED), "gif");
    assertReason(gif, "is a GIF; save it as a JPEG, a PNG or a WebP");
    assertReason(new byte[0], "is empty");
    byte[] png = TestImages.png(64, 64);
    assertReason(Arrays.copyOf(png, png.length / 2), "ends too early, within a PNG chunk");
  }

  @Test
  void an_image_over_the_limit_is_refused_by_its_header() {
    byte[] png = TestImages.png(8, 8);
    png[16] = 0;
    png[17] = 0;
    png[18] = 0x70; // 28,680 pixels wide
    png[22] = 0x70;
    assertReason(png, "is 28680 x 28680 pixels; up to 25.0 megapixels are taken");
  }

  @Test
  void a_compressed_comment_of_a_png_is_never_unfolded() throws Exception {
    byte[] png = TestImages.encode(TestImages.draw(8, 8, BufferedImage.TYPE_BYTE_INDEXED), "png");
    byte[] bomb = PngBombs.withCompressedText(png, 700_000_000L);
    assertThat(bomb.length).isLessThan(8_000_000);
    assertThat(take(bomb).width()).isEqualTo(8);
  }

  @Test
  void two_images_of_20_megapixels_of_each_kind_fit_in_the_heap_together() throws Exception {
    byte[] jpeg = TestImages.jpeg(5400, 3800);
    byte[] png = TestImages.png(5400, 3800);
    List<Callable<UsableImage>> work = new ArrayList<>();
    for (byte[] image : List.of(jpeg, png, TestImages.oriented(jpeg, 6), png)) {
      work.add(() -> take(image));
    }
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      for (Future<UsableImage> taken : two.invokeAll(work)) {
        assertThat((long) taken.get().width() * taken.get().height()).isEqualTo(5400L * 3800);
      }
    } finally {
      two.shutdownNow();
    }
  }

  private UsableImage take(byte[] bytes) throws Exception {
    return intake.take(bytes, ScanLevel.FULL);
  }

  private void assertReason(byte[] bytes, String reason) {
    assertThatThrownBy(() -> take(bytes))
        .isInstanceOf(UnusableImageException.class)
        .hasMessage(reason);
  }

  private static void assertHalves(UsableImage taken, int width, int height) {
    assertThat(taken.reencoded()).isTrue();
    BufferedImage image = TestImages.decode(taken.jpeg());
    assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(width, height);
    assertColour(image, width / 8, height * 3 / 4, RED);
    assertColour(image, width * 7 / 8, height * 3 / 4, BLUE);
    assertColour(image, 2, 2, GREEN);
  }

  private static void assertColour(BufferedImage image, int x, int y, Color expected) {
    Color actual = new Color(image.getRGB(x, y));
    assertThat(
            List.of(
                Math.abs(actual.getRed() - expected.getRed()) < 8,
                Math.abs(actual.getGreen() - expected.getGreen()) < 8,
                Math.abs(actual.getBlue() - expected.getBlue()) < 8))
        .as("%s instead of %s", actual, expected)
        .containsOnly(true);
  }
}
