package dev.trainyard.trainer.input.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.tfrecord.TfRecordReader;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsableDataTest {

  @TempDir Path folder;

  private final byte[] jpeg = TinyImages.encode(TinyImages.image(0, new Random(1)), "jpeg");
  private final byte[] good = TinyImages.record(0, "good.jpg", jpeg);
  private final byte[] half =
      TinyImages.record(1, "half.jpg", Arrays.copyOf(jpeg, jpeg.length / 4));
  private Path clean;
  private Path damaged;
  private Path undecodable;

  @BeforeEach
  void write() throws IOException {
    clean = shard("clean", good, good);
    undecodable = shard("undecodable", good, half);
    damaged = shard("damaged", good, TinyImages.record(2, "hit.jpg", jpeg), good);
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[good.length + 16 + 12 + good.length - 40] ^= 1;
    Files.write(damaged, bytes);
  }

  @Test
  void records_that_cannot_be_used_are_named_and_left_out() throws IOException {
    UsableData usable = UsableData.of(plan(2, 1));

    assertThat(usable.warnings()).hasSize(2);
    assertThat(usable.warnings().get(0))
        .contains(damaged.toString(), "byte " + (good.length + 16), "hit.jpg", "checksum");
    assertThat(usable.warnings().get(1))
        .contains(undecodable.toString(), "byte " + (good.length + 16), "half.jpg", "JPEG");
    TrainingPlan.Data data = usable.data();
    assertThat(data.trainExamples()).isEqualTo(4);
    assertThat(data.validationExamples()).isEqualTo(1);
    assertThat(data.trainShards().get(0)).isEqualTo(clean);
    assertThat(read(data.trainShards().get(1))).containsExactly(good, good);
    assertThat(read(data.validationShards().get(0))).containsExactly(good);
  }

  @Test
  void a_later_attempt_uses_the_same_records_without_looking_again() throws IOException {
    TrainingPlan.Data first = UsableData.of(plan(2, 1)).data();
    Files.write(clean, new byte[] {1, 2, 3}); // which it would notice

    assertThat(UsableData.of(plan(2, 2))).isEqualTo(new UsableData(first, List.of()));
  }

  @Test
  void more_bad_records_than_are_tolerated_fail_and_leave_nothing_behind() {
    assertThatThrownBy(() -> UsableData.of(plan(1, 1)))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("record at byte")
        .hasMessageContaining("more than the 1 bad records that input.maxBadRecords allows");
    assertThat(folder.resolve("input")).doesNotExist();
  }

  @Test
  void a_job_that_tolerates_none_does_not_look() throws IOException {
    assertThat(UsableData.of(plan(0, 1))).isEqualTo(new UsableData(data(), List.of()));
  }

  @Test
  void a_split_without_any_usable_record_fails() {
    shard("undecodable", half);

    assertThatThrownBy(() -> UsableData.of(plan(9, 1)))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("No record of a split");
  }

  @Test
  void many_bad_records_are_not_all_named_one_by_one() throws IOException {
    byte[][] records = new byte[31][];
    Arrays.fill(records, half);
    records[0] = good;
    clean = shard("many", records);

    List<String> warnings = UsableData.of(plan(40, 1)).warnings();

    assertThat(warnings).hasSize(21);
    assertThat(warnings.get(20)).contains("32 records", "findings.json");
    assertThat(folder.resolve("input/findings.json")).content().contains("half.jpg");
  }

  private TrainingPlan plan(int tolerated, int attempt) {
    return new TinyPlan(folder, data()).input("maxBadRecords", tolerated).attempt(attempt).build();
  }

  private TrainingPlan.Data data() {
    return new TrainingPlan.Data(
        List.of(clean, damaged), List.of(undecodable), TinyImages.LABELS, 5, 2);
  }

  private Path shard(String name, byte[]... records) {
    return TinyImages.shard(folder.resolve(name), List.of(records));
  }

  private static List<byte[]> read(Path shard) throws IOException {
    List<byte[]> records = new ArrayList<>();
    try (TfRecordReader reader = new TfRecordReader(shard)) {
      for (byte[] record = reader.read(); record != null; record = reader.read()) {
        records.add(record);
      }
    }
    return records;
  }
}
