package dev.trainyard.dataset.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvBombTest {

  /** A gigabyte with -Dtrainyard.hostile.csv=1073741824. */
  private static final int LENGTH = Integer.getInteger("trainyard.hostile.csv", 8 << 20);

  @ParameterizedTest
  @ValueSource(strings = {"a", "\"", ",", "\",", "\"\"a", " \"", "\r"})
  void a_line_without_end_is_read_in_one_go_and_cut(String again) throws IOException {
    try (CsvReader rows = new CsvReader(new Repeated("x".repeat(60_000) + again, again, LENGTH))) {
      CsvReader.Row row = rows.next();
      assertThat(row.fields()).hasSizeLessThanOrEqualTo(1001);
      assertThat(row.fields().stream().mapToInt(String::length).sum())
          .isLessThanOrEqualTo(CsvReader.MAX_ROW);
      assertThat(rows.next()).isNull();
    }
  }

  @Test
  void a_path_of_ten_thousand_folders_is_not_looked_for_in_each() {
    Contents contents = new Contents(java.util.List.of());
    assertThat(new ImagePaths(contents, "train.csv").find("a/".repeat(30_000))).isNull();
  }

  @Test
  void what_is_quoted_of_a_row_is_cut() {
    BadRecord bad =
        new BadRecord("f".repeat(70_000), 1L, "'" + "x".repeat(70_000) + "' is not there");
    assertThat(bad.file()).hasSize(500).endsWith("...");
    assertThat(bad.reason()).hasSize(500).endsWith("...");
  }

  /** Once one text, and then another one again and again. */
  private static final class Repeated extends InputStream {

    private byte[] text;
    private final byte[] again;
    private int at;
    private long left;

    Repeated(String first, String again, long length) {
      this.text = first.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      this.again = again.repeat(8192).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      this.left = length;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      if (at == text.length) {
        text = again;
        at = 0;
      }
      int count = (int) Math.min(Math.min(length, text.length - at), left);
      System.arraycopy(text, at, to, offset, count);
      at += count;
      left -= count;
      return count;
    }
  }
}
