package dev.trainyard.dataset.archive;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** What names of entries mean. They come from anybody and are only ever compared. */
public final class EntryNames {

  private static final List<String> IMAGE_ENDINGS =
      List.of(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".gif", ".bmp", ".webp", ".tif", ".tiff");

  private EntryNames() {}

  /** One spelling for equal names: '/' as separator, no leading one, composed Unicode. */
  public static String normal(String name) {
    String slashed = name.replace('\\', '/');
    int start = 0;
    while (slashed.startsWith("/", start) || slashed.startsWith("./", start)) {
      start += slashed.charAt(start) == '/' ? 1 : 2;
    }
    return Normalizer.normalize(slashed.substring(start), Normalizer.Form.NFC);
  }

  /** What operating systems leave behind: hidden files, resource forks, thumbnails. */
  public static boolean isClutter(String normalName) {
    for (String part : normalName.split("/", -1)) {
      if (part.startsWith(".") && !part.equals("..")
          || part.equals("__MACOSX")
          || part.equalsIgnoreCase("Thumbs.db")
          || part.equalsIgnoreCase("desktop.ini")) {
        return true;
      }
    }
    return false;
  }

  /** Whether it climbs out of its folder. */
  public static boolean climbs(String normalName) {
    return List.of(normalName.split("/", -1)).contains("..");
  }

  public static boolean looksLikeImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return IMAGE_ENDINGS.stream().anyMatch(lower::endsWith);
  }

  public static boolean looksLikeCsv(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  /** The part after the last '/'. */
  public static String baseName(String normalName) {
    return normalName.substring(normalName.lastIndexOf('/') + 1);
  }

  /** The part before the last '/', empty when there is none. */
  public static String folder(String normalName) {
    return normalName.substring(0, Math.max(0, normalName.lastIndexOf('/')));
  }
}
