package dev.trainyard.dataset.report;

import dev.trainyard.dataset.image.ImageTraits;
import dev.trainyard.dataset.traits.ReportedImage;
import dev.trainyard.dataset.traits.TraitsTotals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Makes the report of a dataset from its images, each seen once. */
public final class Reporter {

  private final List<String> labels;
  private final long[] train;
  private final long[] validation;
  private final Histogram width = Histogram.ofSides();
  private final Histogram height = Histogram.ofSides();
  private final Histogram shorterSide = Histogram.ofSides();
  private final Histogram aspectRatio = Histogram.ofRatios();
  private final Histogram fileBytes = Histogram.ofBytes();
  private final Map<String, Long> formats = new TreeMap<>();
  private final Map<String, Long> channels = new TreeMap<>();
  private final Map<String, Long> orientations = new TreeMap<>();
  private long reencoded;
  private long trailing;

  /**
   * @param labels that images refer to
   */
  public Reporter(List<String> labels) {
    this.labels = labels;
    this.train = new long[labels.size()];
    this.validation = new long[labels.size()];
  }

  public void add(ReportedImage image, boolean toTrain) {
    (toTrain ? train : validation)[image.label()]++;
    ImageTraits traits = image.traits();
    width.add(image.width());
    height.add(image.height());
    shorterSide.add(Math.min(image.width(), image.height()));
    aspectRatio.add((double) image.width() / image.height());
    fileBytes.add(traits.bytes());
    formats.merge(traits.format().name(), 1L, Long::sum);
    channels.merge(Integer.toString(traits.channels()), 1L, Long::sum);
    if (traits.orientation() != 1) {
      orientations.merge(Integer.toString(traits.orientation()), 1L, Long::sum);
    }
    reencoded += image.reencoded() ? 1 : 0;
    trailing += traits.trailing() ? 1 : 0;
  }

  /**
   * @param totals of all images
   * @param reasons why records were set aside, one each
   */
  public DatasetReport report(
      TraitsTotals totals, DuplicateList duplicates, Stream<String> reasons) {
    long images = Arrays.stream(train).sum() + Arrays.stream(validation).sum();
    List<DatasetReport.ClassShare> classes = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      double share = Rounded.of((train[c] + validation[c]) / (double) images);
      classes.add(new DatasetReport.ClassShare(labels.get(c), train[c], validation[c], share));
    }
    DuplicateSummary same = duplicates.summary();
    List<DatasetReport.SetAside> quarantine = QuarantineCounts.of(reasons);
    DatasetReport.Balance balance = balance(images);
    return new DatasetReport(
        1,
        new Warnings(classes, balance, same, quarantine, images, shorterSide.below(32)).words(),
        totals.scan().name(),
        images,
        classes,
        balance,
        width.view(),
        height.view(),
        aspectRatio.view(),
        fileBytes.view(),
        formats,
        channels,
        orientations,
        reencoded,
        trailing,
        ColourStatistics.colour(totals.colours()),
        same,
        quarantine);
  }

  private DatasetReport.Balance balance(long images) {
    long[] sizes = new long[labels.size()];
    Arrays.setAll(sizes, c -> train[c] + validation[c]);
    double entropy =
        LongStream.of(sizes)
            .filter(size -> size > 0)
            .mapToDouble(size -> -(double) size / images * Math.log((double) size / images))
            .sum();
    long smallest = Math.max(1, LongStream.of(sizes).min().orElse(1));
    long largest = LongStream.of(sizes).max().orElse(1);
    return new DatasetReport.Balance(
        Rounded.of((double) largest / smallest), Rounded.of(entropy / Math.log(sizes.length)));
  }
}
