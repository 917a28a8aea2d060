package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.listing.BadRecord;
import dev.trainyard.spec.SpecJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files beside the shards. */
public final class DatasetFolder {

  public static final String QUARANTINE = "quarantine.csv";
  private static final String MANIFEST = "manifest.json";
  private static final String LABELS = "labels.txt";

  private DatasetFolder() {}

  public static Manifest readManifest(Path folder) throws IOException {
    return SpecJson.MAPPER.readValue(Files.readAllBytes(folder.resolve(MANIFEST)), Manifest.class);
  }

  /**
   * Moves the quarantine list of a failed conversion, if it got that far, to a folder of its own.
   */
  public static void keepQuarantine(Path failed, Path kept) throws IOException {
    if (Files.exists(failed.resolve(QUARANTINE))) {
      Files.move(failed.resolve(QUARANTINE), kept.resolve(QUARANTINE));
    }
  }

  static void write(Path folder, Manifest manifest) throws IOException {
    Files.write(
        folder.resolve(MANIFEST),
        SpecJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    try (BufferedWriter out =
        Files.newBufferedWriter(folder.resolve(LABELS), StandardCharsets.UTF_8)) {
      for (ClassCount one : manifest.classes()) {
        out.write(one.label() + "\n");
      }
    }
  }

  static void writeQuarantine(Path folder, List<BadRecord> records) throws IOException {
    try (BufferedWriter out =
        Files.newBufferedWriter(folder.resolve(QUARANTINE), StandardCharsets.UTF_8)) {
      out.write("file,row,reason\n");
      for (BadRecord record : records) {
        out.write(quoted(record.file()));
        out.write("," + (record.row() == null ? "" : record.row()) + ",");
        out.write(quoted(record.reason()));
        out.write("\n");
      }
    }
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == '"' || c == ',' || c < ' ');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
