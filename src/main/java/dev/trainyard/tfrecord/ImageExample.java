package dev.trainyard.tfrecord;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One labelled image, as the article's converter writes it: nine keys, an RGB JPEG.
 *
 * @param height in pixels
 * @param width in pixels
 * @param labelIndex of the label in the sorted labels, from 0; stored as index + 1
 * @param label its text
 * @param filename base name of the file that the image came from
 * @param encoded the JPEG
 */
public record ImageExample(
    int height, int width, int labelIndex, String label, String filename, byte[] encoded) {

  private static final String HEIGHT = "image/height";
  private static final String WIDTH = "image/width";
  static final String LABEL = "image/class/label";
  static final String SYNSET = "image/class/synset";
  static final String FILENAME = "image/filename";
  static final String ENCODED = "image/encoded";

  public byte[] toBytes() {
    return toExample().toBytes();
  }

  public Example toExample() {
    return new Example(
        Map.of(
            HEIGHT,
            Feature.of(height),
            WIDTH,
            Feature.of(width),
            "image/colorspace",
            Feature.of("RGB"),
            "image/channels",
            Feature.of(3),
            LABEL,
            Feature.of(labelIndex + 1L),
            SYNSET,
            Feature.of(label),
            "image/format",
            Feature.of("JPEG"),
            FILENAME,
            Feature.of(filename),
            ENCODED,
            Feature.of(encoded)));
  }

  /**
   * @throws CorruptRecordException when the bytes are not an Example or a key is not there
   */
  public static ImageExample parse(byte[] bytes) throws CorruptRecordException {
    Example example = Example.parse(bytes);
    return new ImageExample(
        integer(example, HEIGHT),
        integer(example, WIDTH),
        integer(example, LABEL) - 1,
        new String(bytes(example, SYNSET), StandardCharsets.UTF_8),
        new String(bytes(example, FILENAME), StandardCharsets.UTF_8),
        bytes(example, ENCODED));
  }

  private static int integer(Example example, String key) throws CorruptRecordException {
    if (example.features().get(key) instanceof Feature.Int64s list
        && list.values().size() == 1
        && list.values().get(0) == list.values().get(0).intValue()) {
      return list.values().get(0).intValue();
    }
    throw new CorruptRecordException("The Example has no single integer '" + key + "'");
  }

  private static byte[] bytes(Example example, String key) throws CorruptRecordException {
    if (example.features().get(key) instanceof Feature.Bytes list && list.values().size() == 1) {
      return list.values().get(0);
    }
    throw new CorruptRecordException("The Example has no single byte string '" + key + "'");
  }
}
