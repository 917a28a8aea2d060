package dev.trainyard.trainer.input.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.tfrecord.Example;
import dev.trainyard.tfrecord.Feature;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadRecordFinderTest {

  @TempDir Path folder;

  private final byte[] jpeg = TinyImages.encode(TinyImages.image(0, new Random(1)), "jpeg");
  private final byte[] good = TinyImages.record(0, "good.jpg", jpeg);

  @Test
  void an_image_that_cannot_be_decoded_is_named_with_its_shard_and_offset() {
    byte[] half = Arrays.copyOf(jpeg, jpeg.length / 4);
    Path shard = shard(good, good, TinyImages.record(1, "half.jpg", half));

    assertThat(problem(shard))
        .contains(shard.toString())
        .contains("byte " + 2 * (good.length + 16))
        .contains("half.jpg")
        .contains("JPEG");
  }

  @Test
  void a_label_that_is_none_of_the_classes_is_named() {
    assertThat(problem(shard(good, TinyImages.record(3, "four.jpg", jpeg))))
        .contains("four.jpg")
        .contains("3 is not in [0, 3)");
    assertThat(problem(shard(good, TinyImages.record(-1, "zero.jpg", jpeg)))).contains("zero.jpg");
  }

  @Test
  void a_record_without_a_label_or_an_image_is_named() {
    Map<String, Feature> features = Map.of("image/encoded", Feature.of(jpeg));
    assertThat(problem(shard(good, new Example(features).toBytes()))).contains("image/class/label");

    Map<String, Feature> noImage = Map.of("image/class/label", Feature.of(1));
    assertThat(problem(shard(good, new Example(noImage).toBytes())))
        .contains("byte " + (good.length + 16));
  }

  @Test
  void a_truncated_shard_and_a_flipped_bit_are_named_with_their_offset() throws IOException {
    Path shard = shard(good, good);
    byte[] bytes = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(bytes, bytes.length - 10));
    assertThat(problem(shard)).contains(shard.toString(), "byte " + (good.length + 16));

    bytes[good.length / 2] ^= 1;
    Files.write(shard, bytes);
    assertThat(problem(shard)).contains(shard.toString(), "byte 0", "checksum");
  }

  @Test
  void a_shard_that_is_not_there_is_named() {
    assertThat(problem(folder.resolve("gone"))).contains("gone", "cannot be read");
  }

  @Test
  void good_records_explain_no_failure() {
    assertThat(finder(shard(good, good)).find(new IllegalStateException())).isEmpty();
  }

  private Path shard(byte[]... records) {
    return TinyImages.shard(folder.resolve("shard"), List.of(records));
  }

  private String problem(Path shard) {
    return finder(shard).find(new IllegalStateException()).orElseThrow().getMessage();
  }

  private static BadRecordFinder finder(Path shard) {
    TrainingPlan.Data data =
        new TrainingPlan.Data(List.of(shard), List.of(), TinyImages.LABELS, 3, 0);
    return new BadRecordFinder(data);
  }
}
