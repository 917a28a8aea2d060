package dev.trainyard.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TfRecordTest {

  private final Path folder;

  TfRecordTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void what_is_written_is_read() throws IOException {
    Path file = folder.resolve("records");
    try (TfRecordWriter writer = new TfRecordWriter(file)) {
      writer.write(new byte[0]);
      writer.write("abc".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(readAll(file)).containsExactly(new byte[0], new byte[] {'a', 'b', 'c'});
    assertThat(Files.size(file)).isEqualTo(2L * TfRecordWriter.overhead() + 3);
  }

  @Test
  void an_empty_file_has_no_records() throws IOException {
    assertThat(readAll(Files.createFile(folder.resolve("empty")))).isEmpty();
  }

  @Test
  void every_single_flipped_bit_is_noticed() throws IOException {
    Path file = oneRecord();
    byte[] good = Files.readAllBytes(file);
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bad);
      assertThatThrownBy(() -> readAll(file))
          .as("bit %s", bit)
          .isInstanceOf(CorruptRecordException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("at byte 0");
    }
  }

  @Test
  void a_file_that_ends_within_a_record_is_noticed_wherever_it_ends() throws IOException {
    Path file = oneRecord();
    byte[] good = Files.readAllBytes(file);
    for (int length = 1; length < good.length; length++) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThatThrownBy(() -> readAll(file)).isInstanceOf(CorruptRecordException.class);
    }
  }

  @Test
  void a_length_beyond_the_file_costs_no_memory() throws IOException {
    byte[] header = new byte[TfRecordWriter.HEADER + 8];
    header[7] = 0x7f; // 2^63 - 2^56 bytes, with the checksum that fits
    int crc = MaskedCrc32c.of(header, 0, 8);
    for (int i = 0; i < 4; i++) {
      header[8 + i] = (byte) (crc >>> 8 * i);
    }
    Path file = Files.write(folder.resolve("claims"), header);
    assertThatThrownBy(() -> readAll(file))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageContaining("claims 9151314442816847872 bytes, the file holds 4");
  }

  @Test
  void shards_are_named_like_tensorflows() {
    assertThat(new ShardName("validation", 3, 12)).hasToString("validation-00003-of-00012");
  }

  private Path oneRecord() throws IOException {
    Path file = folder.resolve("record");
    try (TfRecordWriter writer = new TfRecordWriter(file)) {
      writer.write(new byte[] {1, 2, 3});
    }
    return file;
  }

  private static List<byte[]> readAll(Path file) throws IOException {
    List<byte[]> records = new ArrayList<>();
    try (TfRecordReader reader = new TfRecordReader(file)) {
      for (byte[] record = reader.read(); record != null; record = reader.read()) {
        records.add(record);
      }
    }
    return records;
  }
}
