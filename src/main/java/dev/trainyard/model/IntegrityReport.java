package dev.trainyard.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a version's files.
 *
 * @param intact whether each is there and what was registered, and there is none besides, and what
 *     was registered is what was signed
 * @param signed whether what was registered, such as these digests, is what was signed
 */
public record IntegrityReport(
    String name, int version, boolean intact, boolean signed, List<File> files) {

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

  static IntegrityReport of(String name, int version, boolean signed, List<File> files) {
    boolean intact = signed && files.stream().allMatch(it -> it.status == Status.OK);
    return new IntegrityReport(name, version, intact, signed, files);
  }

  /** For the log. */
  String damaged() {
    Stream<String> changed =
        files.stream().filter(it -> it.status != Status.OK).map(it -> it.path + " " + it.status);
    return Stream.concat(signed ? Stream.empty() : Stream.of("its signature"), changed)
        .collect(Collectors.joining(", "));
  }
}
