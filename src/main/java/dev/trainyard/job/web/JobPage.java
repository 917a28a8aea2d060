package dev.trainyard.job.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.job.JobCatalog.JobCursor;
import dev.trainyard.job.JobView;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * One page of jobs.
 *
 * @param nextPageToken give it back as {@code pageToken} for the next page; absent on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobPage(List<JobView> items, @Nullable String nextPageToken) {

  /** {@code found} holds one more than the page when there are more. */
  static JobPage of(List<JobView> found, int pageSize) {
    if (found.size() <= pageSize) {
      return new JobPage(found, null);
    }
    JobView last = found.get(pageSize - 1);
    String place = last.createTime() + "/" + last.id();
    return new JobPage(
        found.subList(0, pageSize),
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(place.getBytes(StandardCharsets.UTF_8)));
  }

  static @Nullable JobCursor cursor(@Nullable String pageToken) {
    if (pageToken == null) {
      return null;
    }
    try {
      String place = new String(Base64.getUrlDecoder().decode(pageToken), StandardCharsets.UTF_8);
      int slash = place.indexOf('/');
      return new JobCursor(Instant.parse(place.substring(0, slash)), place.substring(slash + 1));
    } catch (RuntimeException e) {
      throw new ProblemException(
          Problem.INVALID_REQUEST,
          "The page token is not one that this API gave.",
          new FieldProblem("pageToken", "must be the nextPageToken of an earlier answer"));
    }
  }

  ResponseEntity<JobPage> respond() {
    ResponseEntity.BodyBuilder response = ResponseEntity.ok();
    if (nextPageToken != null) {
      String next =
          ServletUriComponentsBuilder.fromCurrentRequest()
              .replaceQueryParam("pageToken", nextPageToken)
              .build()
              .toUriString();
      response.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
    }
    return response.body(this);
  }
}
