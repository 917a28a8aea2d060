package dev.trainyard.dataset.sheet;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** Draws a page. */
final class ContactSheet {

  static final int COLUMNS = 8;

  /** Of a thumbnail, in pixels. */
  static final int SIDE = 128;

  private static final int GAP = 14;
  private static final int MARGIN = 32;
  private static final int HEAD = 84;
  private static final int FOOT = 44;
  private static final int CLASS_HEAD = 34;
  private static final int CAPTION = 20;
  private static final int BETWEEN = 22;
  private static final int WIDTH = 2 * MARGIN + COLUMNS * SIDE + (COLUMNS - 1) * GAP;

  private static final Color PAPER = new Color(0xFAFAF8);
  private static final Color TILE = new Color(0xEDEDE9);
  private static final Color LINE = new Color(0xDCDCD6);
  private static final Color INK = new Color(0x22252A);
  private static final Color QUIET = new Color(0x777B82);
  private static final Color VALIDATION = new Color(0xE07A1F);

  private final SheetPage page;
  private final Graphics2D pen;
  private final Lettering letters;

  private ContactSheet(SheetPage page, Graphics2D pen) {
    this.page = page;
    this.pen = pen;
    this.letters = new Lettering(pen);
  }

  static BufferedImage draw(SheetPage page) {
    int height = HEAD + FOOT + page.rows().stream().mapToInt(ContactSheet::heightOf).sum();
    BufferedImage sheet = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = sheet.createGraphics();
    try {
      pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      pen.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      pen.setColor(PAPER);
      pen.fillRect(0, 0, WIDTH, height);
      new ContactSheet(page, pen).drawAll(height);
    } finally {
      pen.dispose();
    }
    return sheet;
  }

  private static int heightOf(SheetPage.Row row) {
    int lines = Math.max(1, (row.pictures().size() + COLUMNS - 1) / COLUMNS);
    return CLASS_HEAD + lines * (SIDE + CAPTION) + BETWEEN;
  }

  private void drawAll(int height) {
    int inner = WIDTH - 2 * MARGIN;
    letters.write(page.title(), MARGIN, 40, inner - 260, 22, true, INK);
    letters.write(page.subtitle(), MARGIN, 62, inner - 260, 13, false, QUIET);
    legend();
    int y = HEAD;
    for (SheetPage.Row row : page.rows()) {
      drawRow(row, y);
      y += heightOf(row);
    }
    pen.setColor(LINE);
    pen.fillRect(MARGIN, height - FOOT, inner, 1);
    letters.write(page.footer(), MARGIN, height - 18, inner, 12, false, QUIET);
  }

  private void legend() {
    int x = WIDTH - MARGIN - 166;
    frame(x, 30, 13, false);
    int end = letters.write("training", x + 20, 41, 80, 12, false, QUIET);
    frame(end + 18, 30, 13, true);
    letters.write("validation", end + 38, 41, 80, 12, false, QUIET);
  }

  private void drawRow(SheetPage.Row row, int top) {
    pen.setColor(LINE);
    pen.fillRect(MARGIN, top, WIDTH - 2 * MARGIN, 1);
    int end = letters.write(row.label().label(), MARGIN, top + 23, 700, 15, true, INK);
    String counts =
        String.format(
            Locale.ROOT,
            "%,d training   %,d validation",
            row.label().train(),
            row.label().validation());
    letters.write(counts, end + 14, top + 23, 300, 12, false, QUIET);
    for (int i = 0; i < row.pictures().size(); i++) {
      int x = MARGIN + i % COLUMNS * (SIDE + GAP);
      int y = top + CLASS_HEAD + i / COLUMNS * (SIDE + CAPTION);
      drawPicture(row.pictures().get(i), x, y);
    }
  }

  private void drawPicture(SheetPage.Picture picture, int x, int y) {
    pen.setColor(TILE);
    pen.fillRect(x, y, SIDE, SIDE);
    BufferedImage small = picture.thumbnail();
    pen.drawImage(
        small, x + (SIDE - small.getWidth()) / 2, y + (SIDE - small.getHeight()) / 2, null);
    frame(x, y, SIDE, picture.validation());
    Color colour = picture.validation() ? VALIDATION : QUIET;
    letters.write(picture.filename(), x + 1, y + SIDE + 13, SIDE - 2, 10, false, colour);
  }

  private void frame(int x, int y, int side, boolean validation) {
    pen.setColor(validation ? VALIDATION : LINE);
    pen.setStroke(new BasicStroke(validation ? 3 : 1));
    int inset = validation ? 1 : 0;
    pen.drawRect(x + inset, y + inset, side - 1 - 2 * inset, side - 1 - 2 * inset);
  }
}
