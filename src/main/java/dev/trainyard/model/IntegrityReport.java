package dev.trainyard.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a version's files.
 *
 * @param intact whether each is there and what was registered; one too many does no harm, but
 *     counts
 */
public record IntegrityReport(String name, int version, boolean intact, List<File> files) {

  /** What became of a file. */
  public enum Status {
    OK,
    MISSING,
    CHANGED,
    /** It was not registered. */
    UNEXPECTED
  }

  /**
   * @param bytes as registered; absent of a file that was not
   * @param sha256 as registered, in lower-case hexadecimal
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record File(
      String path,
      Status status,
      @Nullable Long bytes,
      @Nullable Long foundBytes,
      @Nullable String sha256,
      @Nullable String foundSha256) {}

  static IntegrityReport of(String name, int version, List<File> files) {
    return new IntegrityReport(
        name, version, files.stream().allMatch(it -> it.status == Status.OK), files);
  }

  /** For the log. */
  String damaged() {
    return files.stream()
        .filter(it -> it.status != Status.OK)
        .map(it -> it.path + " " + it.status)
        .collect(Collectors.joining(", "));
  }
}
