package dev.trainyard.model.card;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Builds Markdown (CommonMark with GitHub's tables) of texts that may hold anything. */
final class Markdown {

  private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>#|~!&:@$]");
  private static final Pattern LIST = Pattern.compile("^(\\d*)([-+=.)])");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final StringBuilder text = new StringBuilder();

  /** The text as it is, on one line, whatever it holds. */
  static String escape(String raw) {
    return MARKUP.matcher(SPACE.matcher(raw.strip()).replaceAll(" ")).replaceAll("\\\\$0");
  }

  /** A text that we made and that holds no backtick. */
  static String code(Object plain) {
    return "`" + plain + "`";
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String rounded(double number) {
    return String.format(Locale.ROOT, "%.4f", number);
  }

  Markdown heading(int level, String words) {
    return block("#".repeat(level) + " " + words);
  }

  /**
   * @param markdown a paragraph that is made of escaped texts
   */
  Markdown block(String markdown) {
    text.append(markdown).append("\n\n");
    return this;
  }

  /** What somebody wrote, with its lines. */
  Markdown quote(String raw) {
    for (String line : raw.strip().split("\\R", -1)) {
      String shown = LIST.matcher(escape(line)).replaceAll("$1\\\\$2");
      text.append(shown.isEmpty() ? ">" : "> " + shown + "  ").append('\n');
    }
    text.append('\n');
    return this;
  }

  Markdown code(String language, String lines) {
    text.append("```").append(language).append('\n').append(lines.strip()).append("\n```\n\n");
    return this;
  }

  /**
   * @param columns the headings; one that ends with a colon is of numbers
   * @param rows of escaped texts
   */
  Markdown table(List<String> columns, List<List<String>> rows) {
    row(
        columns.stream()
            .map(it -> it.endsWith(":") ? it.substring(0, it.length() - 1) : it)
            .toList());
    row(columns.stream().map(it -> it.endsWith(":") ? "---:" : "---").toList());
    rows.forEach(this::row);
    text.append('\n');
    return this;
  }

  private void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  @Override
  public String toString() {
    return text.toString().stripTrailing() + "\n";
  }
}
