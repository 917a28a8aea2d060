package dev.trainyard.idempotency;

import java.net.URI;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * What a request has made, now or when it was first sent.
 *
 * @param resource as it is now
 * @param replayed whether an earlier request had made it
 */
public record Once<T>(T resource, boolean replayed) {

  static final String REPLAYED = "Idempotency-Replayed";

  public <R> Once<R> map(Function<T, R> view) {
    return new Once<>(view.apply(resource), replayed);
  }

  /** 202, with the place to poll. */
  public ResponseEntity<T> accepted(String location) {
    return answer(HttpStatus.ACCEPTED, location)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body(resource);
  }

  /** Says where the resource is, and whether it was there. */
  public ResponseEntity.BodyBuilder answer(HttpStatus status, String location) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(status).location(URI.create(location));
    return replayed ? answer.header(REPLAYED, "true") : answer;
  }

  /** 201, with the place where it is. */
  public ResponseEntity<T> created(String location) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.created(URI.create(location));
    return (replayed ? answer.header(REPLAYED, "true") : answer).body(resource);
  }
}
