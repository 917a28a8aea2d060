package dev.trainyard.upload;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An upload as the API shows it.
 *
 * @param length bytes that it will have
 * @param offset bytes that are safe; the next to be sent
 * @param metadata as its client gave it, in tus's notation
 * @param expireTime when it is deleted unless something is done with it; null for never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UploadView(
    String id,
    long length,
    long offset,
    @Nullable String metadata,
    Instant createTime,
    @Nullable Instant expireTime) {

  @JsonIgnore
  public boolean isWhole() {
    return offset == length;
  }
}
