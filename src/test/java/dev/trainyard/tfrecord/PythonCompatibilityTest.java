package dev.trainyard.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Features;

/** Against records that Python TensorFlow wrote: {@code tfrecord/make_fixtures.py}. */
class PythonCompatibilityTest {

  private final Path folder;

  PythonCompatibilityTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void images_that_python_wrote_are_read() throws IOException {
    List<ImageExample> images = readImages(fixture("python.tfrecord"));
    assertThat(images)
        .extracting(
            ImageExample::height,
            ImageExample::width,
            ImageExample::labelIndex,
            ImageExample::label,
            ImageExample::filename)
        .containsExactly(
            tuple(12, 16, 0, "daisy", "a.jpg"),
            tuple(200, 9, 1, "rosé 🌹", "b b.jpg"),
            tuple(1, 300, 0, "daisy", "c.jpeg"));
    assertThat(images).allSatisfy(i -> assertThat(i.encoded()).startsWith(0xFF, 0xD8, 0xFF));
  }

  @Test
  void images_are_written_as_python_writes_them_byte_for_byte() throws IOException {
    Path ours = folder.resolve("ours");
    try (TfRecordWriter writer = new TfRecordWriter(ours)) {
      for (ImageExample image : readImages(fixture("python.tfrecord"))) {
        writer.write(image.toBytes());
      }
    }
    assertThat(ours).hasSameBinaryContentAs(fixture("python.tfrecord"));
  }

  @Test
  void features_of_every_kind_are_read_and_written_like_pythons() throws IOException {
    byte[] record = records(fixture("features.tfrecord")).get(0);
    Map<String, Feature> features = Example.parse(record).features();
    assertThat(features.get("int64s"))
        .isEqualTo(
            new Feature.Int64s(List.of(0L, 1L, 127L, 128L, -1L, Long.MAX_VALUE, Long.MIN_VALUE)));
    assertThat(features.get("floats"))
        .isEqualTo(new Feature.Floats(List.of(0f, -1.5f, 3.4e38f, Float.POSITIVE_INFINITY)));
    assertThat(features.get("strings"))
        .asInstanceOf(type(Feature.Bytes.class))
        .extracting(Feature.Bytes::values, list(byte[].class))
        .containsExactly(new byte[0], new byte[] {0, -1}, new byte[] {'a', 'b', 'c'});
    assertThat(features.get("nothing")).isEqualTo(new Feature.Empty());
    assertThat(new Example(features).toBytes()).isEqualTo(record);
  }

  @Test
  void tensorflows_own_classes_parse_ours() throws InvalidProtocolBufferException {
    byte[] bytes = new ImageExample(2, 3, 4, "tulips", "t.jpg", new byte[] {9, 8}).toBytes();
    Features features = org.tensorflow.proto.Example.parseFrom(bytes).getFeatures();
    assertThat(features.getFeatureCount()).isEqualTo(9);
    assertThat(number(features, "image/height")).isEqualTo(2L);
    assertThat(number(features, "image/width")).isEqualTo(3L);
    assertThat(number(features, "image/channels")).isEqualTo(3L);
    assertThat(number(features, "image/class/label")).isEqualTo(5);
    assertThat(text(features, "image/class/synset")).isEqualTo("tulips");
    assertThat(text(features, "image/colorspace")).isEqualTo("RGB");
    assertThat(text(features, "image/format")).isEqualTo("JPEG");
    assertThat(text(features, "image/filename")).isEqualTo("t.jpg");
    assertThat(bytes(features, "image/encoded").toByteArray()).containsExactly(9, 8);
  }

  @Test
  void unpacked_numbers_and_unknown_fields_are_read() throws IOException {
    org.tensorflow.proto.Example theirs =
        org.tensorflow.proto.Example.newBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        9,
                        UnknownFieldSet.Field.newBuilder()
                            .addVarint(1)
                            .addFixed32(2)
                            .addFixed64(3)
                            .addLengthDelimited(ByteString.copyFromUtf8("x"))
                            .build())
                    .build())
            .build();
    assertThat(Example.parse(theirs.toByteArray()).features()).isEmpty();
    byte[] unpacked = {10, 13, 10, 11, 10, 1, 'k', 18, 6, 26, 4, 8, 7, 8, 9};
    assertThat(Example.parse(unpacked).features())
        .containsEntry("k", new Feature.Int64s(List.of(7L, 9L)));
  }

  @Test
  void bytes_that_are_no_example_are_refused_with_the_offset() throws IOException {
    byte[] good = records(fixture("python.tfrecord")).get(0);
    byte[] cut = Arrays.copyOf(good, good.length - 1);
    assertThatThrownBy(() -> Example.parse(cut))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageContaining("at byte 3");
    assertThatThrownBy(() -> ImageExample.parse(new byte[0]))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageContaining("image/height");
  }

  private static String text(Features features, String key) {
    return bytes(features, key).toStringUtf8();
  }

  private static ByteString bytes(Features features, String key) {
    return features.getFeatureOrThrow(key).getBytesList().getValue(0);
  }

  private static long number(Features features, String key) {
    return features.getFeatureOrThrow(key).getInt64List().getValue(0);
  }

  private static List<ImageExample> readImages(Path file) throws IOException {
    List<ImageExample> images = new ArrayList<>();
    for (byte[] record : records(file)) {
      images.add(ImageExample.parse(record));
    }
    return images;
  }

  private static List<byte[]> records(Path file) throws IOException {
    List<byte[]> records = new ArrayList<>();
    try (TfRecordReader reader = new TfRecordReader(file)) {
      for (byte[] record = reader.read(); record != null; record = reader.read()) {
        records.add(record);
      }
    }
    return records;
  }

  private Path fixture(String name) throws IOException {
    try (var in = PythonCompatibilityTest.class.getResourceAsStream("/tfrecord/" + name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }
}
