package dev.trainyard.dataset.image;

import java.nio.charset.StandardCharsets;

/** What bytes look like, by their first few. */
public enum ContentKind {
  JPEG("a JPEG", "\u00ff\u00d8\u00ff"),
  PNG("a PNG", "\u0089PNG\r\n\u001a\n"),
  GIF("a GIF", "GIF8"),
  BMP("a BMP", "BM"),
  TIFF("a TIFF", "II*\0"),
  TIFF_BIG_ENDIAN("a TIFF", "MM\0*"),
  /** Between the two words stands a length. */
  WEBP("a WebP", "RIFF....WEBP"),
  ZIP("a zip archive", "PK\u0003\u0004"),
  EMPTY_ZIP("an empty zip archive", "PK\u0005\u0006"),
  GZIP("a gzip file", "\u001f\u008b"),
  RAR("a RAR archive", "Rar!"),
  SEVEN_ZIP("a 7z archive", "7z\u00bc\u00af\u0027\u001c"),
  PDF("a PDF", "%PDF"),
  TEXT("a text", ""),
  UNKNOWN("of no known format", ""),
  EMPTY("empty", "");

  private static final byte ANY = '.';

  private final String words;
  private final byte[] magic;

  ContentKind(String words, String magic) {
    this.words = words;
    this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Fits after "is". */
  public String words() {
    return words;
  }

  /** Looks at the beginning only; a few hundred bytes are plenty. */
  public static ContentKind of(byte[] start) {
    if (start.length == 0) {
      return EMPTY;
    }
    for (ContentKind kind : values()) {
      if (kind.magic.length > 0 && startsWith(start, kind.magic)) {
        return kind;
      }
    }
    return looksLikeText(start) ? TEXT : UNKNOWN;
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (bytes[i] != magic[i] && magic[i] != ANY) {
        return false;
      }
    }
    return true;
  }

  private static boolean looksLikeText(byte[] start) {
    for (int i = 0; i < Math.min(start.length, 512); i++) {
      if (start[i] >= 0 && start[i] < ' ' && "\t\r\n\f".indexOf(start[i]) < 0) {
        return false;
      }
    }
    return true;
  }
}
