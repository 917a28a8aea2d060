package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.report.ReportSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts what is there, and says when it is not enough to train on. */
final class Census {

  private final List<String> labels;
  private final long[] train;
  private final long[] validation;
  private int minWidth = Integer.MAX_VALUE;
  private int maxWidth;
  private int minHeight = Integer.MAX_VALUE;
  private int maxHeight;

  Census(List<String> labels) {
    this.labels = labels;
    this.train = new long[labels.size()];
    this.validation = new long[labels.size()];
  }

  void countTrain(Inspection.Usable image) {
    train[image.listed().label()]++;
    measure(image);
  }

  void countValidation(Inspection.Usable image) {
    validation[image.listed().label()]++;
    measure(image);
  }

  /** What a dataset has already, whose labels come first. */
  void count(Base base) {
    for (int c = 0; c < base.classes().size(); c++) {
      train[c] += base.classes().get(c).train();
      validation[c] += base.classes().get(c).validation();
    }
    Manifest.ImageSizes sizes = base.images();
    if (sizes != null) {
      measure(sizes.minWidth(), sizes.minHeight());
      measure(sizes.maxWidth(), sizes.maxHeight());
    }
  }

  private void measure(Inspection.Usable image) {
    measure(image.width(), image.height());
  }

  private void measure(int width, int height) {
    minWidth = Math.min(minWidth, width);
    maxWidth = Math.max(maxWidth, width);
    minHeight = Math.min(minHeight, height);
    maxHeight = Math.max(maxHeight, height);
  }

  /**
   * @param listed images that the archive names, usable or not
   * @throws ConversionException when there are not two classes, each with an image to train on
   */
  void require(int listed) throws ConversionException {
    if (listed == 0) {
      throw new ConversionException(
          ConversionFailure.TOO_FEW_CLASSES,
          "The archive has no class. Put each image in a folder named after its class, like"
              + " daisy/1.jpg, or add a CSV file with rows image-path,label.");
    }
    int[] inhabited =
        IntStream.range(0, labels.size()).filter(c -> train[c] + validation[c] > 0).toArray();
    if (inhabited.length == 0) {
      throw new ConversionException(
          ConversionFailure.NO_USABLE_IMAGES,
          "None of the " + listed + " images can be used; the quarantine list says why.");
    }
    if (inhabited.length == 1) {
      throw new ConversionException(
          ConversionFailure.TOO_FEW_CLASSES,
          "Only one class has images that can be used: '"
              + labels.get(inhabited[0])
              + "'. A classifier needs two or more.");
    }
    List<String> untrained =
        IntStream.range(0, labels.size()).filter(c -> train[c] == 0).mapToObj(labels::get).toList();
    if (!untrained.isEmpty()) {
      throw new ConversionException(
          ConversionFailure.CLASS_WITHOUT_TRAINING_IMAGE,
          "No training image can be used of: "
              + String.join(", ", untrained.subList(0, Math.min(10, untrained.size())))
              + (untrained.size() > 10 ? ", ..." : ""));
    }
  }

  Manifest manifest(
      long seed,
      double fraction,
      long quarantined,
      @Nullable ReportSummary report,
      List<Manifest.Shard> shards) {
    List<ClassCount> classes = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      classes.add(new ClassCount(labels.get(c), train[c], validation[c]));
    }
    return new Manifest(
            1,
            seed,
            fraction,
            classes,
            Arrays.stream(train).sum(),
            Arrays.stream(validation).sum(),
            quarantined,
            new Manifest.ImageSizes(minWidth, maxWidth, minHeight, maxHeight),
            report,
            0,
            "",
            List.of())
        .with(shards);
  }
}
