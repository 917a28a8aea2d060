package dev.trainyard.plot;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An SVG without scripts or fonts. Colours are attributes, which every program understands; those
 * of dark paper come by a style, which browsers do.
 */
final class SvgCanvas implements Canvas {

  private static final String FONTS =
      "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'DejaVu Sans',sans-serif";

  private final Theme theme;
  private final StringBuilder out = new StringBuilder();

  SvgCanvas(int width, int height, Theme theme) {
    this.theme = theme;
    out.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" height=\"%d\""
            .formatted(width, height));
    out.append(" viewBox=\"0 0 %d %d\" font-family=\"%s\">\n".formatted(width, height, FONTS));
    if (theme == Theme.AUTO) {
      out.append("<style>@media (prefers-color-scheme:dark){");
      for (Ink ink : Ink.values()) {
        out.append(".f%1$d{fill:%2$s}.s%1$d{stroke:%2$s}".formatted(ink.ordinal(), hex(ink, true)));
      }
      out.append("}</style>\n");
    }
  }

  @Override
  public void describe(String title, String description) {
    out.append("<title>").append(escaped(title)).append("</title>\n");
    out.append("<desc>").append(escaped(description)).append("</desc>\n");
  }

  @Override
  public void box(Ink ink, double opacity, double x, double y, double width, double height) {
    out.append(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\""
            .formatted(number(x), number(y), number(width), number(height)));
    paint("fill", ink, opacity);
    out.append("/>\n");
  }

  @Override
  public void area(Ink ink, double opacity, double[] xy) {
    out.append("<polygon points=\"").append(points(xy)).append('"');
    paint("fill", ink, opacity);
    out.append("/>\n");
  }

  @Override
  public void line(Ink ink, Stroke stroke, double[] xy) {
    out.append("<polyline points=\"").append(points(xy)).append("\" fill=\"none\"");
    paint("stroke", ink, stroke.opacity());
    out.append(" stroke-width=\"%s\" stroke-linejoin=\"round\"".formatted(number(stroke.width())));
    out.append(stroke.dashed() ? " stroke-dasharray=\"4 4\"/>\n" : "/>\n");
  }

  @Override
  public void dot(Ink ink, double radius, double x, double y) {
    out.append(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\"".formatted(number(x), number(y), number(radius)));
    out.append(" fill=\"%s\" stroke=\"%s\"".formatted(hex(ink), hex(Ink.PAPER)));
    if (theme == Theme.AUTO) {
      out.append(" class=\"f%d s%d\"".formatted(ink.ordinal(), Ink.PAPER.ordinal()));
    }
    out.append("/>\n");
  }

  @Override
  public void text(Ink ink, Letters letters, double x, double y, String text) {
    out.append(
        "<text x=\"%s\" y=\"%s\" font-size=\"%d\"".formatted(number(x), number(y), letters.size()));
    if (letters.bold()) {
      out.append(" font-weight=\"600\"");
    }
    if (letters.anchor() != Anchor.START) {
      out.append(" text-anchor=\"%s\"".formatted(letters.anchor().name().toLowerCase(Locale.ROOT)));
    }
    if (letters.angle() != 0) {
      out.append(
          " transform=\"rotate(%d %s %s)\"".formatted(letters.angle(), number(x), number(y)));
    }
    paint("fill", ink, 1);
    out.append('>').append(escaped(text)).append("</text>\n");
  }

  @Override
  public byte[] bytes() {
    return (out + "</svg>\n").getBytes(StandardCharsets.UTF_8);
  }

  private void paint(String attribute, Ink ink, double opacity) {
    out.append(" %s=\"%s\"".formatted(attribute, hex(ink)));
    if (theme == Theme.AUTO) {
      out.append(" class=\"%s%d\"".formatted(attribute.charAt(0), ink.ordinal()));
    }
    if (opacity < 1) {
      out.append(" %s-opacity=\"%.2f\"".formatted(attribute, opacity));
    }
  }

  private String hex(Ink ink) {
    return hex(ink, theme == Theme.DARK);
  }

  private static String hex(Ink ink, boolean dark) {
    return "#%06x".formatted(ink.rgb(dark));
  }

  private static String points(double[] xy) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < xy.length; i += 2) {
      points.append(i == 0 ? "" : " ").append(number(xy[i])).append(',').append(number(xy[i + 1]));
    }
    return points.toString();
  }

  /** A tenth of a pixel is as fine as anyone sees. */
  private static String number(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
  }

  /** What XML cannot hold, not even escaped, becomes a replacement character. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isXml(character) ? character : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean isXml(int character) {
    return character >= 0x20 && character < 0xD800
        || character >= 0xE000 && character < 0xFFFE
        || character >= 0x10000
        || character == '\t';
  }
}
