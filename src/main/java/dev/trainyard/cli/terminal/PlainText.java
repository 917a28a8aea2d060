package dev.trainyard.cli.terminal;

/**
 * Text from elsewhere without what a terminal or an eye obeys: escape sequences, carriage returns,
 * letters that run backwards.
 */
public final class PlainText {

  private static final char INSTEAD = '\uFFFD';

  private PlainText() {}

  /** As one line. */
  public static String line(String text) {
    return replaced(text.strip().replace('\n', ' ').replace('\t', ' '));
  }

  /** Keeps its line breaks and tabulators; a carriage return before a line break goes. */
  public static String lines(String text) {
    return replaced(text.replace("\r\n", "\n"));
  }

  /** The same JSON document: what is special stands in strings only, where it may be escaped. */
  public static String json(String document) {
    StringBuilder plain = new StringBuilder(document.length());
    for (int i = 0; i < document.length(); i++) {
      char c = document.charAt(i);
      if (isSpecial(c) && c != '\r') {
        plain.append(String.format("\\u%04x", (int) c));
      } else {
        plain.append(c == '\r' ? ' ' : c);
      }
    }
    return plain.toString();
  }

  private static String replaced(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.chars().forEach(c -> plain.append(isSpecial((char) c) ? INSTEAD : (char) c));
    return plain.toString();
  }

  private static boolean isSpecial(char c) {
    if (c == '\n' || c == '\t') {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
