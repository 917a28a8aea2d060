package dev.trainyard.trainer.predict;

import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The size that an image file claims, read without decoding it: a few kilobytes can claim to be
 * gigabytes.
 */
record ImageHeader(int width, int height) {

  /** Inputs of this name take JPEGs and PNGs; of other strings we know nothing. */
  private static final String IMAGES = "image_bytes";

  private static final long MOST_PIXELS = 50_000_000;

  /** As many as a dataset's images may have by default: a decoder goes over all pixels for each. */
  private static final int MOST_SCANS = 100;

  private static final long PNG = 0x89504e470d0a1a0aL;
  private static final int JPEG = 0xffd8;

  /** Pixels. */
  long area() {
    return (long) width * height;
  }

  /** What is wrong with the images among the inputs; nothing when there is none or all are well. */
  static Optional<String> problem(List<TensorData> inputs) {
    return inputs.stream()
        .filter(input -> input.name().equals(IMAGES) && input.type() == TensorType.STRING)
        .flatMap(input -> input.strings().stream())
        .flatMap(image -> problem(image).stream())
        .findFirst();
  }

  private static Optional<String> problem(byte[] image) {
    Optional<ImageHeader> header = of(image);
    if (header.isEmpty()) {
      return Optional.of("the image is neither a JPEG nor a PNG, or its header is cut off");
    }
    if (scans(image) > MOST_SCANS) {
      return Optional.of("the image is a JPEG of more than %d scans".formatted(MOST_SCANS));
    }
    return header
        .filter(size -> size.area() > MOST_PIXELS || size.width() <= 0 || size.height() <= 0)
        .map(
            size ->
                "the image has %d x %d pixels; between 1 and %d in all can be taken"
                    .formatted(size.width(), size.height(), MOST_PIXELS));
  }

  /** Empty when the bytes are neither a JPEG nor a PNG, or end before their size. */
  static Optional<ImageHeader> of(byte[] image) {
    ByteBuffer bytes = ByteBuffer.wrap(image);
    try {
      if (bytes.getLong(0) == PNG) {
        return Optional.of(new ImageHeader(bytes.getInt(16), bytes.getInt(20)));
      }
      return Short.toUnsignedInt(bytes.getShort()) == JPEG ? jpeg(bytes) : Optional.empty();
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Up to one more than there may be; none in a PNG, whatever its bytes look like. */
  private static int scans(byte[] image) {
    int scans = 0;
    boolean jpeg = image[0] == (byte) (JPEG >> 8);
    for (int at = 0; jpeg && at + 1 < image.length && scans <= MOST_SCANS; at++) {
      if (image[at] == -1 && image[at + 1] == (byte) 0xda) {
        scans++;
      }
    }
    return scans;
  }

  /** Skips from segment to segment to the frame header (ITU T.81, B.2.2). */
  private static Optional<ImageHeader> jpeg(ByteBuffer bytes) {
    while (true) {
      int marker = marker(bytes);
      boolean standsAlone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
      if (standsAlone) {
        continue;
      }
      int start = bytes.position();
      int length = Short.toUnsignedInt(bytes.getShort());
      if (isFrame(marker)) {
        bytes.get(); // bits a sample
        int height = Short.toUnsignedInt(bytes.getShort());
        return Optional.of(new ImageHeader(Short.toUnsignedInt(bytes.getShort()), height));
      }
      bytes.position(Math.addExact(start, length));
    }
  }

  private static int marker(ByteBuffer bytes) {
    int marker = 0;
    while (marker == 0 || marker == 0xff) { // fill bytes may come before it
      marker = Byte.toUnsignedInt(bytes.get());
    }
    return marker;
  }

  /** Start of frame, but not the three codes among them that mean something else. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }
}
