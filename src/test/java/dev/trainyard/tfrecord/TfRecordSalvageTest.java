package dev.trainyard.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.tfrecord.TfRecordSalvage.Frame;
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

class TfRecordSalvageTest {

  private static final int LENGTH = 40;
  private static final int FRAME = LENGTH + 16;

  @TempDir Path folder;

  private final byte[][] records = new byte[4][LENGTH];
  private Path file;
  private byte[] bytes;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("records");
    Random random = new Random(1);
    try (TfRecordWriter writer = new TfRecordWriter(file)) {
      for (byte[] record : records) {
        random.nextBytes(record);
        writer.write(record);
      }
    }
    bytes = Files.readAllBytes(file);
  }

  @Test
  void whole_records_come_as_they_are() throws IOException {
    assertThat(frames()).allSatisfy(frame -> assertThat(frame.damage()).isNull());
    assertThat(frames()).extracting(Frame::bytes).containsExactly(records);
    assertThat(frames()).extracting(Frame::offset).containsExactly(0L, 56L, 112L, 168L);
  }

  @Test
  void any_flipped_bit_costs_its_record_and_no_other() throws IOException {
    byte[] good = bytes.clone();
    for (int bit = FRAME * 8; bit < 2 * FRAME * 8; bit++) {
      bytes = good.clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);

      List<Frame> frames = frames();

      assertThat(frames).as("bit %s", bit).hasSize(4);
      assertThat(frames.get(1).offset()).isEqualTo(FRAME);
      assertThat(frames.get(1).damage()).isNotNull();
      assertThat(frames.get(0).bytes()).isEqualTo(records[0]);
      assertThat(frames.get(2).bytes()).isEqualTo(records[2]);
      assertThat(frames.get(3).bytes()).isEqualTo(records[3]);
    }
  }

  @Test
  void a_file_that_ends_within_a_record_loses_that_one() throws IOException {
    for (int length = 3 * FRAME + 1; length < 4 * FRAME; length++) {
      bytes = Arrays.copyOf(bytes, length);
      assertThat(frames()).hasSize(4);
      assertThat(frames().get(3).damage()).contains("the next record is at byte " + length);
    }
  }

  @Test
  void the_next_record_is_found_behind_a_long_stretch_of_noise() throws IOException {
    byte[] noisy = new byte[3_000_000];
    new Random(2).nextBytes(noisy);
    System.arraycopy(bytes, 0, noisy, 0, FRAME);
    System.arraycopy(bytes, 0, noisy, noisy.length - bytes.length, bytes.length);
    bytes = noisy;

    List<Frame> frames = frames();

    assertThat(frames).hasSize(6);
    assertThat(frames.get(1).damage()).contains("at byte " + (3_000_000 - 4 * FRAME));
    assertThat(frames.get(5).bytes()).isEqualTo(records[3]);
  }

  private List<Frame> frames() throws IOException {
    Files.write(file, bytes);
    List<Frame> frames = new ArrayList<>();
    try (TfRecordSalvage salvage = new TfRecordSalvage(file)) {
      for (Frame frame = salvage.next(); frame != null; frame = salvage.next()) {
        frames.add(frame);
      }
    }
    return frames;
  }
}
