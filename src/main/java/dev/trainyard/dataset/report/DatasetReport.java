package dev.trainyard.dataset.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset says of itself.
 *
 * @param format of this report; 1
 * @param warnings what is likely to go wrong, in plain words
 * @param scan how closely each JPEG was looked at, or more
 * @param classes in the labels' order
 * @param width of the images in pixels, upright, as all that follows
 * @param fileBytes of the files as they came
 * @param formats images by the format that they came in
 * @param channels images by the channels that they came with
 * @param orientations images that EXIF says are turned, by its number; they are upright now
 * @param reencoded images that became another JPEG; all others are stored byte for byte
 * @param withTrailingBytes JPEGs with something after their end
 * @param colour null when no image was looked at that closely
 * @param quarantine reasons why records were set aside that came with this version, the most
 *     frequent first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetReport(
    int format,
    List<String> warnings,
    String scan,
    long images,
    List<ClassShare> classes,
    Balance balance,
    Histogram.View width,
    Histogram.View height,
    Histogram.View aspectRatio,
    Histogram.View fileBytes,
    Map<String, Long> formats,
    Map<String, Long> channels,
    Map<String, Long> orientations,
    long reencoded,
    long withTrailingBytes,
    @Nullable Colour colour,
    DuplicateSummary duplicates,
    List<SetAside> quarantine) {

  /**
   * @param share of all images
   */
  public record ClassShare(String label, long train, long validation, double share) {}

  /**
   * @param largestToSmallest images of the largest class for each of the smallest
   * @param normalizedEntropy 1 when all classes have equally many, near 0 when one has nearly all
   */
  public record Balance(double largestToSmallest, double normalizedEntropy) {}

  /**
   * Red, green and blue in [0, 1], every image with the same weight, as in training.
   *
   * @param images that it was taken from
   */
  public record Colour(long images, List<Double> mean, List<Double> standardDeviation) {}

  /**
   * @param reason with whatever differs from record to record left out
   */
  public record SetAside(String reason, long records) {}

  /** The part of it that is shown with the dataset. */
  public ReportSummary summary() {
    return new ReportSummary(
        warnings,
        balance.largestToSmallest(),
        duplicates.copies(),
        duplicates.acrossSplit().images(),
        duplicates.conflictingLabels().images(),
        duplicates.leftOut(),
        reencoded);
  }
}
