package dev.trainyard.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.dataset.convert.ClassCount;
import dev.trainyard.dataset.convert.ConversionFailure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as the API shows it.
 *
 * @param version counts the datasets of this name, from 1
 * @param reason why it FAILED
 * @param message the same in words, with what to do
 * @param progress while it is CONVERTING
 * @param classes in the labels' order, once READY
 * @param quarantined records that were set aside; {@code /quarantine} lists them
 * @param sizeBytes of its shards
 * @param sha256 of its shards
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetView(
    String id,
    String name,
    int version,
    DatasetState state,
    @Nullable ConversionFailure reason,
    @Nullable String message,
    @Nullable Progress progress,
    List<ClassCount> classes,
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

  /** Images looked at, of those that the archive names; both 0 while it is being listed. */
  public record Progress(long imagesDone, long imagesTotal) {}
}
