package dev.trainyard.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * One page of a list.
 *
 * @param nextPageToken for the {@code pageToken} of the next request; absent on the last page
 */
public record Page<T>(
    List<T> items, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nextPageToken) {

  /**
   * The first {@code request.size()} items, and, when more were found, the way to the next page in
   * the body and in a {@code Link} header.
   *
   * @param found up to {@link PageQuery#fetchSize()} items
   * @param cursor of the last item shown, from which the next page starts
   */
  public static <T> ResponseEntity<Page<T>> of(
      List<T> found, PageQuery request, Function<T, String> cursor) {
    if (found.size() <= request.size()) {
      return ResponseEntity.ok(new Page<>(found, null));
    }
    List<T> items = found.subList(0, request.size());
    String token = PageQuery.token(cursor.apply(items.get(items.size() - 1)));
    String next =
        ServletUriComponentsBuilder.fromCurrentRequest()
            .replaceQueryParam("pageToken", token)
            .build()
            .toUriString();
    return ResponseEntity.ok()
        .header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"")
        .body(new Page<>(items, token));
  }
}
