package dev.trainyard.hostile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Ways to write the path of a file that nobody may read. */
public final class Spellings {

  private static final List<UnaryOperator<String>> CODES =
      List.of(
          path -> path,
          path -> path.replace("/", "%2f"),
          path -> path.replace("/", "%2F").replace(".", "%2E"),
          path -> path.replace(".", "%2e"),
          path -> path.replace("/", "%252f"),
          path -> path.replace("..", "%252e%252e"),
          path -> path.replace("/", "%25252f").replace(".", "%25252e"),
          path -> path.replace("/", "\\"),
          path -> path.replace("/", "%5c"),
          path -> path.replace("/", "%255c"),
          path -> path.replace("../", "..;/"),
          path -> path.replace("../", "..;a=b/"),
          path -> path.replace("../", "..%3b/"),
          path -> path.replace("../", ";/../"),
          path -> path.replace("../", "....//"),
          path -> path.replace("../", "..././"),
          path -> path.replace("../", ".%2e/"),
          path -> path.replace("../", "..%00/"),
          path -> path.replace("../", "..%0d%0a/"),
          path -> path.replace("../", ".. /"),
          path -> path.replace("../", "..%20/"),
          path -> path.replace("../", "...//"),
          path -> path.replace("/", "%c0%af"),
          path -> path.replace("..", "%c0%ae%c0%ae"),
          path -> path.replace("/", "%e0%80%af"),
          path -> path.replace("/", "%f0%80%80%af"),
          path -> path.replace("/", "%c1%9c"),
          path -> path.replace("/", "%ef%bc%8f"),
          path -> path.replace("/", "%e2%88%95"),
          path -> path.replace("..", "%e2%80%a5"),
          path -> path.replace("..", "%ef%bc%8e%ef%bc%8e"),
          path -> path.replace("/", "\uFF0F"),
          path -> path.replace("..", "\u2025"),
          path -> path.replace("/", "\u00c0\u00af"),
          path -> path.replace("/", "%u2215"),
          path -> path.replace("/", "/./"),
          path -> path.replace("/", "//"),
          path -> "//" + path,
          path -> "/%2e/" + path,
          path -> path + "%00.jpg",
          path -> path + "\0.jpg",
          path -> path + ".",
          path -> path + " ",
          path -> path + "/.",
          path -> path + "#x",
          path -> path + "?x",
          path -> path + ";x",
          path -> "x/" + path,
          path -> "a".repeat(3000) + "/" + "../".repeat(3) + path);

  private static final List<String> OTHERS =
      List.of(
          "//proc/self/environ",
          "/proc/self/fd/0",
          "/proc/self/root/etc/passwd",
          "/%2e%2e/",
          "..",
          "../",
          "..%2f",
          "%2e%2e",
          "%252e%252e",
          ".",
          "~/.ssh/id_rsa",
          "~root/x",
          "$HOME/x",
          "${java:version}",
          "file:///etc/passwd",
          "file:/etc/passwd",
          "file://localhost/etc/passwd",
          "jar:file:/x.jar!/y",
          "http://169.254.169.254/latest/meta-data/",
          "\\\\host\\share\\x",
          "//host/share/x",
          "\\\\?\\C:\\x",
          "C:\\Windows\\win.ini",
          "C:/Windows/win.ini",
          "C:",
          "c|/x",
          "CON",
          "nul.txt",
          "x::$DATA",
          "x\r\nSet-Cookie: a=b",
          "%0d%0aSet-Cookie:%20a=b",
          "x\tx",
          "\0",
          "%00",
          "%",
          "%2",
          "%zz",
          "\u202Egpj.x",
          "\uD800",
          "-rf",
          "|id",
          "$(id)",
          "`id`",
          "' or 1=1 --",
          "a/".repeat(2000),
          "x".repeat(6000));

  private Spellings() {}

  /**
   * @param canary an absolute path
   */
  public static List<String> of(Path canary) {
    List<String> paths = new ArrayList<>();
    for (int up : new int[] {1, 2, 4}) {
      paths.add("../".repeat(up) + canary.getFileName());
    }
    paths.add("../".repeat(12) + canary.toString().substring(1));
    paths.add("../".repeat(12) + "etc/passwd");
    paths.add(canary.toString());
    paths.add("/etc/passwd");
    Set<String> all = new LinkedHashSet<>(OTHERS);
    for (String path : paths) {
      CODES.forEach(code -> all.add(code.apply(path)));
    }
    return List.copyOf(all);
  }

  /** As it stands in a request. */
  static byte[] bytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return text.contains("\u00c0") ? text.getBytes(StandardCharsets.ISO_8859_1) : bytes;
  }
}
