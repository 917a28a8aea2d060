package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.listing.BadRecord;
import dev.trainyard.dataset.report.CsvLine;
import dev.trainyard.dataset.report.DatasetReport;
import dev.trainyard.dataset.report.DuplicateList;
import dev.trainyard.dataset.report.Sample;
import dev.trainyard.dataset.traits.KnownImages;
import dev.trainyard.spec.SpecJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files beside the shards. */
public final class DatasetFolder {

  public static final String QUARANTINE = "quarantine.csv";
  private static final String REPORT = "report.json";
  public static final String DUPLICATES = "duplicates.csv";
  private static final String SAMPLES = "samples.json";
  static final String TRAITS = "traits.bin";
  private static final String MANIFEST = "manifest.json";
  private static final String LABELS = "labels.txt";

  private DatasetFolder() {}

  public static Manifest readManifest(Path folder) throws IOException {
    return SpecJson.MAPPER.readValue(Files.readAllBytes(folder.resolve(MANIFEST)), Manifest.class);
  }

  /** Empty when an earlier version wrote the folder, or that of a dataset that it adds to. */
  public static Optional<List<Sample>> readSamples(Path folder) throws IOException {
    return read(folder.resolve(SAMPLES), Sample[].class).map(List::of);
  }

  /** Empty when an earlier version wrote the folder, or that of a dataset that it adds to. */
  public static Optional<DatasetReport> readReport(Path folder) throws IOException {
    return read(folder.resolve(REPORT), DatasetReport.class);
  }

  /** None when an earlier version wrote the folder; whoever asks closes it. */
  static KnownImages openTraits(Path folder) throws IOException {
    Path file = folder.resolve(TRAITS);
    return Files.exists(file) ? KnownImages.open(file) : KnownImages.none();
  }

  private static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
    try {
      return Optional.of(SpecJson.MAPPER.readValue(Files.readAllBytes(file), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Moves the quarantine list of a failed conversion, if it got that far, to a folder of its own.
   */
  public static void keepQuarantine(Path failed, Path kept) throws IOException {
    if (Files.exists(failed.resolve(QUARANTINE))) {
      Files.move(failed.resolve(QUARANTINE), kept.resolve(QUARANTINE));
    }
  }

  /** Writes the manifest and the labels. */
  public static void write(Path folder, Manifest manifest) throws IOException {
    writeJson(folder.resolve(MANIFEST), manifest);
    try (BufferedWriter out =
        Files.newBufferedWriter(folder.resolve(LABELS), StandardCharsets.UTF_8)) {
      for (ClassCount one : manifest.classes()) {
        out.write(one.label() + "\n");
      }
    }
  }

  public static void writeQuarantine(Path folder, List<BadRecord> records) throws IOException {
    try (BufferedWriter out =
        Files.newBufferedWriter(folder.resolve(QUARANTINE), StandardCharsets.UTF_8)) {
      out.write("file,row,reason\n");
      for (BadRecord record : records) {
        String row = record.row() == null ? "" : record.row().toString();
        out.write(CsvLine.of(record.file(), row, record.reason()));
      }
    }
  }

  static void writeReport(Path folder, DatasetReport report, DuplicateList duplicates)
      throws IOException {
    writeJson(folder.resolve(REPORT), report);
    duplicates.write(folder.resolve(DUPLICATES));
  }

  static void writeSamples(Path folder, List<Sample> samples) throws IOException {
    writeJson(folder.resolve(SAMPLES), samples);
  }

  private static void writeJson(Path file, Object content) throws IOException {
    Files.write(file, SpecJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
  }
}
