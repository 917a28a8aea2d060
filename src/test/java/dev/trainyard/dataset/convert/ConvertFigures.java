package dev.trainyard.dataset.convert;

import dev.trainyard.benchmark.JpegFiles;
import dev.trainyard.benchmark.Options;
import dev.trainyard.benchmark.Stopwatch;
import dev.trainyard.dataset.archive.ArchiveLimits;
import dev.trainyard.dataset.image.ImageIntake;
import dev.trainyard.dataset.image.ScanLevel;
import dev.trainyard.dataset.listing.LayoutRequest;
import dev.trainyard.dataset.report.DuplicatePolicy;
import dev.trainyard.spec.SpecJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.util.FileSystemUtils;

/**
 * Conversions of one archive one after the other in one process, as a service has them: the median
 * of the later half, and the first one, which meets code that is not compiled yet.
 */
public final class ConvertFigures {

  private static final int RUNS = 40;

  private ConvertFigures() {}

  public static void main(String[] arguments) throws Exception {
    Options options = Options.of(arguments, 1);
    Path folder = JpegFiles.of(options.path("data").orElseThrow());
    Path out = options.path("output").orElseThrow();
    ScanLevel level = ScanLevel.valueOf(options.text("scan", "full").toUpperCase(Locale.ROOT));
    ConversionOrder order =
        new ConversionOrder(
            new LayoutRequest(null, null, null),
            0.1,
            1,
            10,
            new Scrutiny(level, DuplicatePolicy.KEEP));
    List<Map<String, Object>> runs = new ArrayList<>();
    try (ImageWorkers workers =
        new ImageWorkers(
            Runtime.getRuntime().availableProcessors(), 70 << 20, new ImageIntake(50_000_000))) {
      ArchiveLimits limits = new ArchiveLimits(1_000_000, 64 << 20, 64 << 20);
      Conversion conversion = new Conversion(limits, 64 << 20, workers);
      for (int run = 0; run < RUNS; run++) {
        FileSystemUtils.deleteRecursively(out);
        Path target = Files.createDirectories(out.resolve("dataset"));
        Path scratch = Files.createDirectories(out.resolve("scratch"));
        ConversionProgress progress = new ConversionProgress();
        Stopwatch watch = new Stopwatch();
        Manifest manifest =
            conversion.run(
                Source.archive(folder.resolve("images.zip")), order, target, scratch, progress);
        runs.add(watch.rates(manifest.trainExamples() + manifest.validationExamples()));
      }
    }
    Map<String, Object> figures = new TreeMap<>();
    runs.get(0).forEach((name, value) -> figures.put("first_" + name, value));
    for (String name : runs.get(0).keySet()) {
      List<Double> sorted =
          runs.stream()
              .skip(RUNS / 2)
              .map(run -> (Double) run.get(name))
              .sorted(Comparator.naturalOrder())
              .toList();
      figures.put(name, sorted.get(sorted.size() / 2));
    }
    System.out.println(SpecJson.MAPPER.writeValueAsString(figures));
  }
}
