package dev.trainyard.dataset.image;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands in a JPEG before its first scan (ITU-T T.81, annex B).
 *
 * @param precision bits a sample
 * @param components 1 grey, 3 YCbCr or RGB, 4 CMYK or YCCK
 * @param adobeTransform of the Adobe segment: 2 is YCCK; -1 when there is none
 * @param orientation of the EXIF segment: 1 upright to 8; 1 when there is none
 * @param metadata segments that a decoder does not need: EXIF, colour profiles, comments
 */
record JpegHeader(
    int width,
    int height,
    int precision,
    int components,
    int adobeTransform,
    int orientation,
    List<Segment> metadata) {

  /** A whole segment, marker included. */
  record Segment(int start, int end) {}

  private static final int SOS = 0xDA;
  private static final int EOI = 0xD9;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final int COM = 0xFE;

  /** Colour profiles take up to 255; each is kept in mind. */
  private static final int MOST_SEGMENTS = 10_000;

  static JpegHeader parse(byte[] bytes) throws UnusableImageException {
    int adobe = -1;
    int orientation = 1;
    int frame = -1;
    List<Segment> metadata = new ArrayList<>();
    int at = 2;
    while (true) {
      int start = at;
      at = nextMarker(bytes, at);
      int marker = bytes[at - 1] & 0xFF;
      if (marker == SOS && frame >= 0) {
        break;
      }
      if (marker == EOI || marker == SOS) {
        throw new UnusableImageException("is a JPEG without an image");
      }
      int end = at + u16(bytes, at);
      if (end > bytes.length || end < at + 2) {
        throw new UnusableImageException("ends within its header");
      }
      if (isFrame(marker)) {
        refuseRareCoding(marker);
        frame = at;
      } else if (marker == APP14 && end - at >= 14 && ascii(bytes, at + 2, "Adobe")) {
        adobe = bytes[at + 13] & 0xFF;
      } else if (marker >= APP1 && marker <= 0xEF || marker == COM) {
        if (marker == APP1 && ascii(bytes, at + 2, "Exif\0\0")) {
          orientation = ExifOrientation.of(bytes, at + 8, end);
        }
        if (metadata.size() == MOST_SEGMENTS) {
          throw new UnusableImageException(
              "has more than %,d segments in its header".formatted(MOST_SEGMENTS));
        }
        metadata.add(new Segment(start, end));
      }
      at = end;
    }
    u16(bytes, frame + 6); // the whole frame header is there
    return new JpegHeader(
        u16(bytes, frame + 5),
        u16(bytes, frame + 3),
        bytes[frame + 2] & 0xFF,
        bytes[frame + 7] & 0xFF,
        adobe,
        orientation,
        metadata);
  }

  /** The JPEG without its metadata, for decoders that would stumble over a broken profile. */
  byte[] withoutMetadata(byte[] bytes) {
    if (metadata.isEmpty()) {
      return bytes;
    }
    int removed = metadata.stream().mapToInt(s -> s.end() - s.start()).sum();
    byte[] bare = new byte[bytes.length - removed];
    int from = 0;
    int to = 0;
    for (Segment segment : metadata) {
      System.arraycopy(bytes, from, bare, to, segment.start() - from);
      to += segment.start() - from;
      from = segment.end();
    }
    System.arraycopy(bytes, from, bare, to, bytes.length - from);
    return bare;
  }

  private static int nextMarker(byte[] bytes, int from) throws UnusableImageException {
    int at = from;
    while (at + 1 < bytes.length) {
      boolean marker = bytes[at] == (byte) 0xFF && bytes[at + 1] != 0 && bytes[at + 1] != -1;
      at++;
      if (marker) {
        return at + 1;
      }
    }
    throw new UnusableImageException("ends within its header");
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static void refuseRareCoding(int marker) throws UnusableImageException {
    if (marker > 0xC2) {
      throw new UnusableImageException(
          "is a JPEG in lossless, hierarchical or arithmetic coding; save it as a common one");
    }
  }

  private static int u16(byte[] bytes, int at) throws UnusableImageException {
    if (at + 1 >= bytes.length) {
      throw new UnusableImageException("ends within its header");
    }
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }

  private static boolean ascii(byte[] bytes, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (at + i >= bytes.length || bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
