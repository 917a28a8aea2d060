package dev.trainyard.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.tfrecord.TfRecordSalvage.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  /** Each header fits, and claims all that follows it. */
  @Test
  void lengths_that_are_made_up_do_not_have_the_file_read_again_and_again() throws IOException {
    int headers = 100_000;
    ByteBuffer made = ByteBuffer.allocate(1 + headers * TfRecordWriter.HEADER + 16);
    made.order(ByteOrder.LITTLE_ENDIAN).position(1);
    for (int i = 0; i < headers; i++) {
      int at = made.position();
      made.putLong((headers - i - 1L) * TfRecordWriter.HEADER);
      made.putInt(MaskedCrc32c.of(made.array(), at, Long.BYTES));
    }
    bytes = made.array();
    assertThat(frames()).hasSizeLessThan(10);
  }

  @Test
  void a_length_beyond_all_bounds_takes_no_memory() throws IOException {
    for (long length : new long[] {1L << 63, -1, 1L << 40, Integer.MAX_VALUE}) {
      ByteBuffer made = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      made.putInt(MaskedCrc32c.of(made.array(), 0, Long.BYTES));
      bytes = made.array();
      assertThat(frames()).allSatisfy(frame -> assertThat(frame.damage()).isNotNull());
      try (TfRecordReader reader = new TfRecordReader(file)) {
        assertThatThrownBy(reader::read)
            .isInstanceOf(CorruptRecordException.class)
            .hasMessageContaining("it claims " + Long.toUnsignedString(length) + " bytes");
      }
    }
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
