package dev.trainyard.job;

import dev.trainyard.web.PageQuery.Place;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which jobs to list. Only what is asked for becomes a condition: one that may be null would keep
 * the database from using an index.
 *
 * @param states any of them; empty for all
 * @param after the last one shown; null for the first page
 */
record JobQuery(Set<JobState> states, @Nullable String name, @Nullable Place after) {

  Specification<Job> specification() {
    return (job, query, build) -> {
      List<Predicate> all = new ArrayList<>();
      if (!states.isEmpty()) {
        all.add(job.get("state").in(states));
      }
      if (name != null) {
        all.add(build.equal(job.get("name"), name));
      }
      if (after != null) {
        Path<Instant> time = job.get("createTime");
        Predicate earlier = build.lessThan(time, after.createTime());
        Predicate smallerId = build.lessThan(job.get("id"), after.id());
        all.add(build.lessThanOrEqualTo(time, after.createTime())); // where an index begins
        all.add(build.or(earlier, smallerId));
      }
      return build.and(all.toArray(new Predicate[0]));
    };
  }
}
