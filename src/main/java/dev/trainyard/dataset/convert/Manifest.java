package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.report.ReportSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset consists of; {@code manifest.json} beside its shards.
 *
 * @param format of this file; 1
 * @param classes in the labels' order; a record's {@code image/class/label} is the index + 1
 * @param quarantined records that were set aside
 * @param report in a few figures; null when an earlier version made the dataset
 * @param sizeBytes of all shards
 * @param sha256 of the shards' SHA-256 lines, each {@code <hex> <name>\n}, in the shards' order
 */
public record Manifest(
    int format,
    long seed,
    double validationFraction,
    List<ClassCount> classes,
    long trainExamples,
    long validationExamples,
    long quarantined,
    ImageSizes images,
    @Nullable ReportSummary report,
    long sizeBytes,
    String sha256,
    List<Shard> shards) {

  /** The same with other shards. */
  public Manifest with(List<Shard> others) {
    return new Manifest(
        format,
        seed,
        validationFraction,
        classes,
        trainExamples,
        validationExamples,
        quarantined,
        images,
        report,
        others.stream().mapToLong(Shard::bytes).sum(),
        Sha256.of(others),
        others);
  }

  /** Smallest and largest sides, in pixels. */
  public record ImageSizes(int minWidth, int maxWidth, int minHeight, int maxHeight) {}

  /** One TFRecord file. */
  public record Shard(String name, long examples, long bytes, String sha256) {}
}
