package dev.trainyard.plot;

/** What is drawn with, as 0xRRGGBB on light and on dark paper. */
enum Ink {
  PAPER(0xFFFFFF, 0x15181C),
  GRID(0xE6E8EB, 0x2B3037),
  AXIS(0x9AA1AA, 0x6B737D),
  TEXT(0x1D2126, 0xECEEF1),
  QUIET(0x646B75, 0xA0A8B2),
  BLUE(0x2463C9, 0x6FA8FF),
  ORANGE(0xD4530C, 0xFF9A4D),
  GREEN(0x23863A, 0x63D17F),
  PURPLE(0x8B35B5, 0xD392F7),
  PINK(0xC2255C, 0xFF8FB4),
  TEAL(0x0B7A8C, 0x55D3E5),
  GOLD(0x8F6B00, 0xF2CC4A),
  GREY(0x4A5058, 0xC6CBD1);

  /** Of so many curves each has a colour of its own. */
  static final int CURVES = 8;

  private final int light;
  private final int dark;

  Ink(int light, int dark) {
    this.light = light;
    this.dark = dark;
  }

  static Ink ofCurve(int number) {
    return values()[BLUE.ordinal() + number % CURVES];
  }

  int rgb(boolean onDark) {
    return onDark ? dark : light;
  }
}
