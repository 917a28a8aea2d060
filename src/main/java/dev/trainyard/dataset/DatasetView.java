package dev.trainyard.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.dataset.convert.ClassCount;
import dev.trainyard.dataset.convert.ConversionFailure;
import dev.trainyard.dataset.convert.ConversionPhase;
import dev.trainyard.dataset.report.ReportSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as the API shows it.
 *
 * @param project that it belongs to
 * @param version counts the datasets of this name, from 1
 * @param traceId of the request that made it and of its conversion, in logs and traces; absent when
 *     an earlier release took it
 * @param reason why it FAILED
 * @param message the same in words, with what to do
 * @param progress while it is CONVERTING
 * @param source where it was made of something other than an upload
 * @param base what it was added to; there or deleted since
 * @param classes in the labels' order, once READY
 * @param report in a few figures; {@code /report} says more; null when an earlier version converted
 * @param quarantined records that were set aside; {@code /quarantine} lists them
 * @param sizeBytes of its shards
 * @param sha256 of its shards
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetView(
    String id,
    String name,
    String project,
    int version,
    @Nullable String traceId,
    DatasetState state,
    @Nullable ConversionFailure reason,
    @Nullable String message,
    @Nullable Progress progress,
    @Nullable Folder source,
    @Nullable Base base,
    List<ClassCount> classes,
    @Nullable ReportSummary report,
    long trainExamples,
    long validationExamples,
    long quarantined,
    long sizeBytes,
    @Nullable String sha256,
    double validationFraction,
    long seed,
    Instant createTime,
    @Nullable Instant readyTime) {

  /** For people: classes with less than this share of the largest class's training images. */
  public List<String> rareClasses(double share) {
    long most = classes.stream().mapToLong(ClassCount::train).max().orElse(0);
    return classes.stream()
        .filter(one -> one.train() < share * most)
        .map(
            one ->
                "Class '%s' has %d training images, and the largest class %d."
                    .formatted(one.label(), one.train(), most))
        .toList();
  }

  /** A folder of the operator. */
  public record Folder(String type, String path) {}

  /** The version whose records it has, too. */
  public record Base(String id, int version) {}

  /**
   * How far the conversion is, some second ago.
   *
   * @param phase each has a count of its own
   * @param imagesDone in the phase
   * @param imagesTotal of the phase; 0 while it is not known
   * @param bytesDone of images in the phase
   * @param imagesPerSecond since the phase began
   * @param eta until the phase ends, as an ISO 8601 duration
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Progress(
      ConversionPhase phase,
      long imagesDone,
      long imagesTotal,
      long bytesDone,
      @Nullable Double imagesPerSecond,
      @Nullable Duration eta) {}
}
