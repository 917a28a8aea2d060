package dev.trainyard.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows under headings, each column as wide as its widest cell. */
public final class Table {

  private static final int WIDEST = 60;
  private static final String STATE = "STATE";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    this.headings = List.of(headings);
  }

  public void row(String... cells) {
    rows.add(Arrays.stream(cells).map(Table::cell).toList());
  }

  public void print(Terminal terminal) {
    terminal.raw(line(headings, heading -> heading));
    rows.forEach(row -> terminal.raw(line(row, terminal::coloured)));
  }

  private String line(List<String> cells, UnaryOperator<String> painter) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      line.append(headings.get(i).equals(STATE) ? painter.apply(cell) : cell);
      if (i < cells.size() - 1) {
        line.append(" ".repeat(width(i) - cell.length() + 2));
      }
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    return Math.max(widest, headings.get(column).length());
  }

  private static String cell(String text) {
    String plain = PlainText.line(text);
    return plain.length() <= WIDEST ? plain : plain.substring(0, WIDEST - 3) + "...";
  }
}
