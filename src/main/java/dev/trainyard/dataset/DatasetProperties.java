package dev.trainyard.dataset;

import dev.trainyard.dataset.archive.ArchiveLimits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What uploads may cost.
 *
 * @param concurrentConversions datasets converted at the same time
 * @param maxBadRecords set aside before a dataset is refused, when the upload does not say
 * @param maxMegapixels of one image
 * @param maxImageSize bytes of one file in an archive
 * @param maxArchiveEntries files in one archive
 * @param maxUnpackedSize bytes of all files of one archive, unpacked
 * @param maxArchiveRatio of these and the archive's own, beyond the first gigabyte
 * @param maxJpegScans passes that a decoder makes over one JPEG
 * @param shardSize aimed-at size of one TFRecord shard
 * @param allowedFolders of this machine that datasets may be made of
 */
@Validated
@ConfigurationProperties("trainyard.dataset")
public record DatasetProperties(
    @DefaultValue("1") @Min(1) @Max(64) int concurrentConversions,
    @DefaultValue("1000") @Min(0) @Max(DatasetProperties.MOST_BAD_RECORDS) int maxBadRecords,
    @DefaultValue("50") @Min(1) @Max(2000) int maxMegapixels,
    @DefaultValue("64MB") DataSize maxImageSize,
    @DefaultValue("2000000") @Min(1) int maxArchiveEntries,
    @DefaultValue("256GB") DataSize maxUnpackedSize,
    @DefaultValue("20") @Min(1) @Max(1000) int maxArchiveRatio,
    @DefaultValue("100") @Min(1) @Max(10_000) int maxJpegScans,
    @DefaultValue("64MB") DataSize shardSize,
    @DefaultValue List<Path> allowedFolders) {

  /** Each is kept in memory until the conversion ends. */
  public static final int MOST_BAD_RECORDS = 100_000;

  private static final int BYTES_A_PIXEL = 3;

  /** Pixels of one image: never more than half of the heap could hold. */
  long maxPixels() {
    return Math.min(maxMegapixels * 1_000_000L, heap() / 2 / BYTES_A_PIXEL);
  }

  /**
   * Bytes of encoded images in memory at a time; a seventh of the heap, so that one image of 64 MB
   * fits in 512 MB together with what decoding it takes.
   */
  long maxBytesInFlight() {
    return heap() / 7;
  }

  ArchiveLimits archiveLimits() {
    return new ArchiveLimits(
        maxArchiveEntries,
        Math.min(maxImageSize.toBytes(), maxBytesInFlight()),
        heap() / 8,
        maxUnpackedSize.toBytes(),
        maxArchiveRatio);
  }

  private static long heap() {
    return Runtime.getRuntime().maxMemory();
  }
}
