package dev.trainyard.dataset.listing;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads RFC 4180 as it is met: LF or CRLF, an optional byte-order mark, quotes around fields,
 * doubled within. UTF-8; bytes that are not become U+FFFD. Empty lines are skipped.
 */
final class CsvReader implements Closeable {

  /** A row that is longer is cut there: nothing sensible has such a path and label. */
  static final int MAX_ROW = 1 << 16;

  private static final int MAX_FIELDS = 1000;

  /**
   * One row.
   *
   * @param line that it begins in, from 1
   */
  record Row(long line, List<String> fields) {}

  private final BufferedReader in;
  private long line = 1;
  private int pushedBack = -1;

  CsvReader(InputStream bytes) throws IOException {
    this.in = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    int first = in.read();
    pushedBack = first == '\uFEFF' ? -1 : first;
  }

  /** The next row, or null at the end. */
  @Nullable Row next() throws IOException {
    while (true) {
      long start = line;
      List<String> fields = row();
      if (fields == null) {
        return null;
      }
      if (fields.size() > 1 || !fields.get(0).isBlank()) {
        return new Row(start, fields);
      }
    }
  }

  private @Nullable List<String> row() throws IOException {
    int c = read();
    if (c < 0) {
      return null;
    }
    RowBuilder row = new RowBuilder();
    boolean quoted = false;
    for (; c >= 0; c = read()) {
      if (c == '"' && quoted) {
        pushedBack = read();
        quoted = pushedBack == '"';
        if (quoted) {
          row.append(read());
        }
      } else if (c == '"' && row.fieldIsBlank()) {
        quoted = true;
        row.restartField();
      } else if (c == ',' && !quoted) {
        row.endField();
      } else {
        line += c == '\n' ? 1 : 0;
        if (c == '\n' && !quoted) {
          break;
        }
        row.append(c);
      }
    }
    return row.end();
  }

  /** Holds no more of a row than its limits, however long the file goes on. */
  private static final class RowBuilder {

    private final List<String> fields = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private boolean blank = true;
    private int length;

    void append(int c) {
      if (length < MAX_ROW) {
        length++;
        field.append((char) c);
        blank &= Character.isWhitespace(c);
      }
    }

    boolean fieldIsBlank() {
      return blank;
    }

    void restartField() {
      field.setLength(0);
      blank = true;
    }

    void endField() {
      if (fields.size() < MAX_FIELDS) {
        fields.add(field.toString());
      }
      restartField();
    }

    List<String> end() {
      endField();
      return fields;
    }
  }

  private int read() throws IOException {
    int c = pushedBack;
    pushedBack = -1;
    if (c < 0) {
      c = in.read();
    }
    return c;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
