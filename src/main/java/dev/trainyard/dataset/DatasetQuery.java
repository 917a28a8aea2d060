package dev.trainyard.dataset;

import dev.trainyard.web.PageQuery.Place;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which datasets to list. Pages go on after a creation time and id, so that they neither repeat nor
 * skip what was there when the first was asked for.
 *
 * @param after the last one shown; null for the first page
 * @param limit datasets at most
 */
public record DatasetQuery(
    @Nullable String name, @Nullable DatasetState state, @Nullable Place after, int limit) {

  Specification<Dataset> specification() {
    return (dataset, query, build) -> {
      List<Predicate> all = new ArrayList<>();
      if (name != null) {
        all.add(build.equal(dataset.get("name"), name));
      }
      if (state != null) {
        all.add(build.equal(dataset.get("state"), state));
      }
      if (after != null) {
        Path<Instant> time = dataset.get("createTime");
        Predicate earlier = build.lessThan(time, after.createTime());
        Predicate smallerId = build.lessThan(dataset.get("id"), after.id());
        all.add(build.lessThanOrEqualTo(time, after.createTime())); // where an index begins
        all.add(build.or(earlier, smallerId));
      }
      return build.and(all.toArray(new Predicate[0]));
    };
  }
}
