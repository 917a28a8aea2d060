package dev.trainyard.problem;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * Everything that the API answers instead of success. The type is stable; clients may branch on it.
 */
public enum Problem {
  MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read"),
  INVALID_REQUEST(HttpStatus.UNPROCESSABLE_CONTENT, "The request is not valid"),
  INVALID_ARCHIVE(HttpStatus.UNPROCESSABLE_CONTENT, "The archive cannot be used"),
  UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Say who you are"),
  FORBIDDEN(HttpStatus.FORBIDDEN, "That is not allowed"),
  HOST_REFUSED(HttpStatus.MISDIRECTED_REQUEST, "That is not this service's name"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing"),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This path does not take that method"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No answer in that media type"),
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "That content type is not taken here"),
  UPLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The upload is too large"),
  HEADERS_TOO_LARGE(
      HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The request line and headers are too large"),
  TOO_MANY_UPLOADS(HttpStatus.TOO_MANY_REQUESTS, "There are too many uploads"),
  UPLOAD_OFFSET_MISMATCH(HttpStatus.CONFLICT, "The upload goes on elsewhere"),
  UPLOAD_LOCKED(HttpStatus.LOCKED, "The upload is being written to"),
  CHECKSUM_MISMATCH(HttpStatusCode.valueOf(460), "The checksum does not fit"), // a status of tus's
  TUS_VERSION_UNSUPPORTED(HttpStatus.PRECONDITION_FAILED, "That version of tus is not spoken here"),
  RANGE_NOT_SATISFIABLE(
      HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "The file does not have that range"),
  DATASET_NOT_READY(HttpStatus.CONFLICT, "The dataset is not ready"),
  DATASET_DAMAGED(HttpStatus.CONFLICT, "The dataset's files are damaged"),
  ILLEGAL_STATE(HttpStatus.CONFLICT, "Its state does not allow that"),
  IN_USE(HttpStatus.CONFLICT, "It is in use"),
  REQUEST_IN_PROGRESS(HttpStatus.CONFLICT, "The same request is being worked on"),
  IDEMPOTENCY_KEY_REUSED(
      HttpStatus.UNPROCESSABLE_CONTENT, "The Idempotency-Key came with another request"),
  IDEMPOTENCY_RESULT_DELETED(HttpStatus.GONE, "What the request made has been deleted"),
  QUOTA_EXCEEDED(HttpStatus.TOO_MANY_REQUESTS, "The project's quota is used up"),
  TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too much waits already"),
  DISK_FULL(HttpStatus.INSUFFICIENT_STORAGE, "The data folder is full"),
  PREDICTION_TIMED_OUT(HttpStatus.GATEWAY_TIMEOUT, "The model did not answer in time"),
  MODEL_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The model cannot be loaded"),
  MODEL_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The model cannot be imported"),
  IMPORT_DISABLED(HttpStatus.FORBIDDEN, "Models are not imported here"),
  IMPORT_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The model cannot be imported now"),
  PREFLIGHT_FAILED(HttpStatus.UNPROCESSABLE_CONTENT, "The job would fail"),
  PREFLIGHT_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The job cannot be tried now"),
  MODEL_DAMAGED(HttpStatus.INTERNAL_SERVER_ERROR, "The model's files are damaged"),
  DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer"),
  INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed");

  private final HttpStatusCode status;
  private final String title;

  Problem(HttpStatusCode status, String title) {
    this.status = status;
    this.title = title;
  }

  public HttpStatusCode status() {
    return status;
  }

  public String title() {
    return title;
  }

  /**
   * A relative reference that stays the same between releases, like {@code /problems/not-found}.
   */
  public URI type() {
    return URI.create("/problems/" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
  }
}
