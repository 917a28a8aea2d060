package dev.trainyard.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class LinesTest {

  @Test
  void lines_come_as_a_buffered_reader_gives_them() throws IOException {
    Lines lines = new Lines(new StringReader("a\r\n\nb" + "c".repeat(10_000) + "\nlast"));
    assertThat(lines.next()).isEqualTo("a");
    assertThat(lines.next()).isEmpty();
    assertThat(lines.next()).hasSize(10_001);
    assertThat(lines.next()).isEqualTo("last");
    assertThat(lines.next()).isNull();
  }

  @Test
  void one_without_end_is_cut() throws IOException {
    long[] left = {4L * Lines.LONGEST};
    Reader endless =
        new Reader() {
          @Override
          public int read(char[] to, int offset, int length) {
            int count = (int) Math.min(length, left[0]);
            java.util.Arrays.fill(to, offset, offset + count, 'x');
            left[0] -= count;
            return count == 0 ? -1 : count;
          }

          @Override
          public void close() {}
        };
    assertThat(new Lines(endless).next()).hasSize(Lines.LONGEST);
  }
}
