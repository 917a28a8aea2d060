package dev.trainyard.dataset.image;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Small files that would cost a decoder far more than they are. */
class ImageBombTest {

  private final ImageIntake intake = new ImageIntake(4_000_000, 20);

  @Test
  void a_header_that_claims_billions_of_pixels() {
    byte[] jpeg = TestImages.jpeg(16, 16);
    ByteBuffer frame = ByteBuffer.wrap(jpeg);
    for (int at = 0; at + 9 < jpeg.length; at++) {
      if (frame.getShort(at) == (short) 0xFFC0) {
        frame.putShort(at + 5, (short) 65_500).putShort(at + 7, (short) 65_500);
        break;
      }
    }
    refused(jpeg, "is 65500 x 65500 pixels; up to 4.0 megapixels are taken");
    byte[] png = TestImages.png(16, 16);
    ByteBuffer.wrap(png).putInt(16, 65_535).putInt(20, 65_535);
    refused(png, "65,500 pixels wide or high");
    refused(webp(16_384, 16_384, new byte[20]), "is 16384 x 16384 pixels");
  }

  /** A scan of which all blocks but the first few bits are left out: a pass for a few bytes. */
  @Test
  void a_progressive_jpeg_of_thousands_of_scans() {
    byte[] progressive = TestImages.resource("progressive.jpg");
    int last = progressive.length - 2;
    int scan = last;
    while (progressive[scan] != -1 || (progressive[scan + 1] & 0xFF) != 0xDA) {
      scan--;
    }
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.write(progressive, 0, last);
    for (int i = 0; i < 5000; i++) {
      bomb.write(progressive, scan, last - scan);
    }
    bomb.write(progressive, last, 2);
    refused(bomb.toByteArray(), "more than 20 scans (trainyard.dataset.max-jpeg-scans)");
  }

  @Test
  void a_jpeg_of_a_million_empty_segments() {
    byte[] jpeg = TestImages.jpeg(16, 16);
    byte[] segments = new byte[4_000_000];
    for (int at = 0; at < segments.length; at += 4) {
      segments[at] = (byte) 0xFF;
      segments[at + 1] = (byte) 0xE5;
      segments[at + 3] = 2;
    }
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.write(jpeg, 0, 2);
    bomb.writeBytes(segments);
    bomb.write(jpeg, 2, jpeg.length - 2);
    refused(bomb.toByteArray(), "more than 10,000 segments");
  }

  /** 160 KB that ask for 65,536 groups of five tables: more than 300 MB. */
  @Test
  void a_lossless_webp_of_tens_of_thousands_of_tables() {
    Bits bits = new Bits();
    bits.put(0, 1); // no transformation
    bits.put(0, 1); // no cache of colours
    bits.put(1, 1).put(0, 3); // groups of tables, each for 4 x 4 pixels
    bits.put(0, 1); // which pixel has which is an image without a cache
    bits.one(255).one(255).one(0).one(0).one(0); // all of group 65,535
    for (int group = 0; group < 65_536; group++) {
      bits.one(0).one(0).one(0).one(0).one(0);
    }
    refused(webp(64, 64, bits.toBytes()), "takes far more memory than its pixels do");
  }

  private void refused(byte[] image, String reason) {
    assertThatThrownBy(() -> intake.take(image, ScanLevel.FULL))
        .isInstanceOf(UnusableImageException.class)
        .hasMessageContaining(reason);
  }

  private static byte[] webp(int width, int height, byte[] content) {
    int length = 5 + content.length + (5 + content.length & 1);
    return ByteBuffer.allocate(20 + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(12 + length)
        .put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
        .putInt(length)
        .put((byte) 0x2F)
        .putInt(width - 1 | height - 1 << 14)
        .put(content)
        .array();
  }

  /** From the lowest bit on (RFC 9649, 3.2). */
  private static final class Bits {

    private byte[] bytes = new byte[200_000];
    private int count;

    Bits put(int value, int bits) {
      for (int i = 0; i < bits; i++) {
        bytes[count >> 3] |= (byte) ((value >> i & 1) << (count & 7));
        count++;
      }
      return this;
    }

    /** A code of one symbol, which takes no bits. */
    Bits one(int symbol) {
      put(1, 1).put(0, 1);
      return symbol < 2 ? put(0, 1).put(symbol, 1) : put(1, 1).put(symbol, 8);
    }

    byte[] toBytes() {
      bytes = Arrays.copyOf(bytes, count / 8 + 1);
      return bytes;
    }
  }
}
