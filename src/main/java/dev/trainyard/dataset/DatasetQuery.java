package dev.trainyard.dataset;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import jakarta.persistence.criteria.Predicate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which datasets to list. A page token is the creation time and id of the last one shown, so pages
 * neither repeat nor skip what was there when the first was asked for.
 */
public record DatasetQuery(
    @Nullable String name, @Nullable DatasetState state, int pageSize, @Nullable String pageToken) {

  private record Position(Instant createTime, String id) {}

  Specification<Dataset> specification() {
    Position after = pageToken == null ? null : position(pageToken);
    return (dataset, query, build) -> {
      List<Predicate> all = new ArrayList<>();
      if (name != null) {
        all.add(build.equal(dataset.get("name"), name));
      }
      if (state != null) {
        all.add(build.equal(dataset.get("state"), state));
      }
      if (after != null) {
        Predicate older = build.lessThan(dataset.get("createTime"), after.createTime());
        Predicate sameTime = build.equal(dataset.get("createTime"), after.createTime());
        Predicate laterId = build.lessThan(dataset.get("id"), after.id());
        all.add(build.or(older, build.and(sameTime, laterId)));
      }
      return build.and(all.toArray(new Predicate[0]));
    };
  }

  static String tokenAfter(Dataset last) {
    String position = last.createTime().toEpochMilli() + " " + last.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.getBytes(StandardCharsets.UTF_8));
  }

  private static Position position(String token) {
    try {
      String decoded = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int space = decoded.indexOf(' ');
      Instant time = Instant.ofEpochMilli(Long.parseLong(decoded.substring(0, space)));
      return new Position(time, decoded.substring(space + 1));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      FieldProblem error = new FieldProblem("pageToken", "is not one that this service has given");
      throw new ProblemException(
          Problem.INVALID_REQUEST, "'pageToken' " + error.message() + ".", error);
    }
  }
}
