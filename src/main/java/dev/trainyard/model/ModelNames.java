package dev.trainyard.model;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.project.ProjectUse;
import dev.trainyard.project.Quota;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Whose a model's name is: the first project's that means to give it to a model. A name is a folder
 * that TensorFlow Serving reads, so two projects cannot both have it.
 */
@Component
public class ModelNames implements ProjectUse {

  private final JdbcTemplate jdbc;
  private final Clock clock;

  ModelNames(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Takes the name for the project, in the transaction of what will give it to a model.
   *
   * @param field of the request that names it
   * @throws ProblemException INVALID_REQUEST when it is another project's
   * @throws org.springframework.dao.DuplicateKeyException when it is being taken at this moment
   */
  public void claim(String name, String project, String field) {
    if (isNew(name, project, field)) {
      jdbc.update(
          "insert into model (name, project, last_version, create_time) values (?, ?, 0, ?)",
          name,
          project,
          clock.instant().atOffset(ZoneOffset.UTC));
    }
  }

  /**
   * @return whether nobody has it yet
   * @throws ProblemException as {@link #claim} does
   */
  boolean isNew(String name, String project, String field) {
    List<String> owner =
        jdbc.queryForList("select project from model where name = ?", String.class, name);
    if (!owner.isEmpty() && !owner.get(0).equals(project)) {
      throw new ProblemException(
          Problem.INVALID_REQUEST,
          "The model name '%s' is taken by another project.".formatted(name),
          new FieldProblem(field, "is taken by another project; choose another name"));
    }
    return owner.isEmpty();
  }

  @Override
  public long used(String project, Quota quota) {
    return quota == Quota.BYTES
        ? Objects.requireNonNull(
            jdbc.queryForObject(
                "select coalesce(sum(size_bytes), 0) from model_version where project = ?",
                Long.class,
                project))
        : 0;
  }
}
