package dev.trainyard.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody has asked for.
 *
 * @param id grows with time
 * @param caller who; {@code anonymous} when that is not known
 * @param keyId of the key that it was asked with
 * @param address that the connection came from
 * @param project that it was about; {@code *} for all
 * @param action the method and the pattern of the path
 * @param object the path
 * @param outcome what the status means
 * @param status that was answered
 * @param traceId under which logs and traces tell more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
    long id,
    Instant time,
    String caller,
    @Nullable String keyId,
    String address,
    String project,
    @Schema(example = "POST /api/v1/jobs/{id}/cancel") String action,
    String object,
    Outcome outcome,
    int status,
    @Nullable String traceId) {

  public enum Outcome {
    /** It was done. */
    DONE,
    /** Whoever asked was not known, or might not. */
    DENIED,
    /** It was not possible as it was asked. */
    REFUSED,
    /** The service could not. */
    FAILED;

    static Outcome of(int status) {
      if (status < 400) {
        return DONE;
      }
      return status == 401 || status == 403 ? DENIED : status < 500 ? REFUSED : FAILED;
    }
  }
}
