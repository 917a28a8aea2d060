package dev.trainyard.project;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The projects with their quotas. */
@Component
public class Projects {

  private static final String LIMITS =
      "max_bytes, max_jobs, max_running_jobs, max_training_seconds";

  private static final String SELECT =
      "select name, description, " + LIMITS + ", create_time from project ";

  /** Those that have a quota which holds jobs back. */
  private static final String HOLDING =
      "max_running_jobs is not null or max_training_seconds is not null";

  private final JdbcTemplate jdbc;
  private final ObjectProvider<ProjectUse> uses;
  private final Clock clock;

  Projects(JdbcTemplate jdbc, ObjectProvider<ProjectUse> uses, Clock clock) {
    this.jdbc = jdbc;
    this.uses = uses;
    this.clock = clock;
  }

  /** In the order of their names. */
  @Transactional(readOnly = true)
  public List<ProjectView> all() {
    return jdbc.query(SELECT + "order by name", this::view);
  }

  /**
   * @throws ProblemException NOT_FOUND
   */
  @Transactional(readOnly = true)
  public ProjectView get(String name) {
    return find(name).orElseThrow(() -> none(name));
  }

  /**
   * Nothing but the look whether it is there.
   *
   * @throws ProblemException NOT_FOUND
   */
  void require(String name) {
    if (jdbc.queryForList("select name from project where name = ?", String.class, name)
        .isEmpty()) {
      throw none(name);
    }
  }

  /**
   * Makes it, or gives it other quotas.
   *
   * @return whether it is a new one
   */
  @Transactional
  public boolean put(String name, @Nullable String description, Quotas quotas) {
    Object[] values = {
      description, quotas.bytes(), quotas.jobs(), quotas.runningJobs(), quotas.trainingSeconds()
    };
    int changed =
        jdbc.update(
            "update project set description = ?, max_bytes = ?, max_jobs = ?, max_running_jobs = ?,"
                + " max_training_seconds = ? where name = ?",
            with(values, name));
    if (changed == 0) {
      try {
        jdbc.update(
            "insert into project (description, max_bytes, max_jobs, max_running_jobs,"
                + " max_training_seconds, name, create_time) values (?, ?, ?, ?, ?, ?, ?)",
            with(values, name, clock.instant().atOffset(ZoneOffset.UTC)));
      } catch (DuplicateKeyException e) {
        throw new ProblemException(
            Problem.REQUEST_IN_PROGRESS, "Somebody else is making this project; send it again.");
      }
    }
    return changed == 0;
  }

  /**
   * @throws ProblemException NOT_FOUND; IN_USE while anything belongs to it
   */
  @Transactional
  public void delete(String name) {
    if (name.equals(Acting.DEFAULT)) {
      throw new ProblemException(Problem.IN_USE, "Whatever names no project belongs to this one.");
    }
    try {
      if (jdbc.update("delete from project where name = ?", name) == 0) {
        throw none(name);
      }
    } catch (DataIntegrityViolationException e) {
      throw new ProblemException(
          Problem.IN_USE,
          "Datasets, uploads, jobs or models belong to project '%s'; delete them first."
              .formatted(name));
    }
  }

  /**
   * Makes room in quotas, or refuses. Whoever else asks of the same project waits until the
   * transaction has ended, so that two do not take the same room.
   *
   * @param more of each than there is now
   * @throws ProblemException QUOTA_EXCEEDED; INVALID_REQUEST when there is no such project
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void require(String project, long more, Quota... quotas) {
    if (limits(project, "").keySet().stream().noneMatch(Set.of(quotas)::contains)) {
      return; // nobody waits for anybody where nothing is limited
    }
    Map<Quota, Long> limits = limits(project, " for update");
    for (Quota quota : quotas) {
      Long limit = limits.get(quota);
      long used = limit == null ? 0 : used(project, quota);
      if (limit != null && used + more > limit) {
        throw new ProblemException(
            Problem.QUOTA_EXCEEDED,
            "Project '%s' may use %,d %s, uses %,d, and this would take %,d more."
                .formatted(project, limit, quota.text(), used, more),
            new FieldProblem(
                "quotas." + quota.text(),
                "limit %d, used %d, asked %d".formatted(limit, used, more)));
      }
    }
  }

  /** Whether any project has a quota that holds jobs back. */
  public boolean areLimited() {
    return !jdbc.queryForList("select name from project where " + HOLDING, String.class).isEmpty();
  }

  /** Those whose waiting jobs have to wait on, for a quota is used up. */
  public Set<String> heldBack() {
    Set<String> heldBack = new HashSet<>();
    jdbc.query(
            "select name, " + LIMITS + " from project where " + HOLDING,
            (row, index) -> Map.entry(row.getString(1), limits(row)))
        .forEach(
            project -> {
              if (isUsedUp(project, Quota.RUNNING_JOBS)
                  || isUsedUp(project, Quota.TRAINING_SECONDS)) {
                heldBack.add(project.getKey());
              }
            });
    return heldBack;
  }

  private boolean isUsedUp(Map.Entry<String, Map<Quota, Long>> project, Quota quota) {
    Long limit = project.getValue().get(quota);
    return limit != null && used(project.getKey(), quota) >= limit;
  }

  /** A deleted job's time stays used. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void keepTime(String project, long seconds) {
    jdbc.update(
        "update project set deleted_seconds = deleted_seconds + ? where name = ?",
        seconds,
        project);
  }

  private Optional<ProjectView> find(String name) {
    return jdbc.query(SELECT + "where name = ?", this::view, name).stream().findFirst();
  }

  private Map<Quota, Long> limits(String project, String lock) {
    return jdbc
        .query(
            "select " + LIMITS + " from project where name = ?" + lock,
            (row, index) -> limits(row),
            project)
        .stream()
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.INVALID_REQUEST,
                    "There is no project '%s'. An admin makes it: PUT /api/v1/projects/%s."
                        .formatted(project, project),
                    new FieldProblem(ProjectOfRequest.HEADER, "is not the name of a project")));
  }

  /** Those that there are. */
  private static Map<Quota, Long> limits(ResultSet row) throws SQLException {
    Map<Quota, Long> limits = new EnumMap<>(Quota.class);
    for (Quota quota : Quota.values()) {
      long limit = row.getLong(quota.column());
      if (!row.wasNull()) {
        limits.put(quota, limit);
      }
    }
    return limits;
  }

  private long used(String project, Quota quota) {
    long used = uses.stream().mapToLong(use -> use.used(project, quota)).sum();
    if (quota == Quota.TRAINING_SECONDS) {
      used +=
          Objects.requireNonNull(
              jdbc.queryForObject(
                  "select deleted_seconds from project where name = ?", Long.class, project));
    }
    return used;
  }

  private ProjectView view(ResultSet row, int index) throws SQLException {
    String name = row.getString(1);
    return new ProjectView(
        name,
        row.getString(2),
        new Quotas(number(row, 3), number(row, 4), number(row, 5), number(row, 6)),
        new Quotas(
            used(name, Quota.BYTES),
            used(name, Quota.JOBS),
            used(name, Quota.RUNNING_JOBS),
            used(name, Quota.TRAINING_SECONDS)),
        instant(row));
  }

  private static Instant instant(ResultSet row) throws SQLException {
    return row.getObject(7, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Long number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }

  private static @Nullable Object[] with(@Nullable Object[] values, Object... more) {
    @Nullable Object[] all = Arrays.copyOf(values, values.length + more.length);
    System.arraycopy(more, 0, all, values.length, more.length);
    return all;
  }

  static ProblemException none(String name) {
    return new ProblemException(Problem.NOT_FOUND, "There is no project '" + name + "'.");
  }
}
