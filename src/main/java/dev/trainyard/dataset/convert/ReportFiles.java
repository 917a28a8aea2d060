package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.image.ScanLevel;
import dev.trainyard.dataset.report.ColourStatistics;
import dev.trainyard.dataset.report.DatasetReport;
import dev.trainyard.dataset.report.DuplicateList;
import dev.trainyard.dataset.report.Duplicates;
import dev.trainyard.dataset.report.ReportSummary;
import dev.trainyard.dataset.report.Reporter;
import dev.trainyard.dataset.traits.KnownImages;
import dev.trainyard.dataset.traits.TraitsTotals;
import dev.trainyard.dataset.traits.TraitsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a dataset says of itself, the images that it adds to included, and what the next one
 * that adds to it has to know.
 */
final class ReportFiles {

  private final Path folder;
  private final Base base;
  private final KnownImages known;
  private final ScanLevel scan;

  /**
   * @param known of the base
   * @param scan of what is added
   */
  ReportFiles(Path folder, Base base, KnownImages known, ScanLevel scan) {
    this.folder = folder;
    this.base = base;
    this.known = known;
    this.scan = scan;
  }

  /**
   * @param reasons why records were set aside, one each
   * @return null when nothing is known of the base's images: a part is no report on the whole
   */
  @Nullable ReportSummary write(
      Harvest harvest, Duplicates duplicates, ColourStatistics colours, Stream<String> reasons)
      throws IOException {
    if (!base.isNone() && known.size() == 0) {
      return null;
    }
    int added = harvest.train().size() + harvest.validation().size();
    TraitsTotals totals = known.totals().and(added, scan, colours.sums());
    Reporter reporter = new Reporter(harvest.labels());
    try (TraitsWriter traits = new TraitsWriter(folder.resolve(DatasetFolder.TRAITS), totals)) {
      known.forEach(
          image -> {
            reporter.add(image, image.train());
            traits.add(image, image.train());
          });
      for (Inspection.Usable image : harvest.train()) {
        reporter.add(image, true);
        traits.add(image, true);
      }
      for (Inspection.Usable image : harvest.validation()) {
        reporter.add(image, false);
        traits.add(image, false);
      }
      traits.finish();
    }
    DuplicateList same = new DuplicateList(duplicates, harvest.labels());
    DatasetReport report = reporter.report(totals, same, reasons);
    DatasetFolder.writeReport(folder, report, same);
    return report.summary();
  }
}
