package dev.trainyard.retention;

import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Deletes what no row knows. A service that was pointed to the wrong database would know nothing at
 * all: so only what is younger than the database is deleted, and nothing once a second database has
 * been used with the folder. Each leaves its mark there, {@code databases/{id}}.
 */
@Component
public class Orphans {

  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
  private static final String MARKS = "databases";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSSSSS", Locale.ROOT);

  /** A file may precede its row; its maker has long registered or dropped what is older. */
  private static final Duration YOUNG = Duration.ofHours(1);

  private final Storage storage;
  private final Waste waste;
  private final JdbcTemplate jdbc;
  private final Clock clock;

  Orphans(Storage storage, Waste waste, JdbcTemplate jdbc, Clock clock) {
    this.storage = storage;
    this.waste = waste;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Sweeps one folder.
   *
   * @param folder may not be there
   * @param known whether something of that name in it belongs to a row; asked after it was found,
   *     and only of what is old enough
   */
  public void sweep(Path folder, Predicate<String> known) throws IOException {
    LocalDateTime birth = birth();
    if (!isOnlyDatabase(birth) || !Files.isDirectory(folder)) {
      return;
    }
    Instant database = birth.atZone(ZoneId.systemDefault()).toInstant();
    Instant young = clock.instant().minus(YOUNG);
    for (Path found : list(folder)) {
      try {
        Instant changed = Files.getLastModifiedTime(found).toInstant();
        String name = found.getFileName().toString();
        if (changed.isBefore(young) && changed.isAfter(database) && !known.test(name)) {
          LOG.info("Nothing knows {}; it is deleted", found);
          waste.delete(Waste.Kind.ORPHANS, waste.remove(found));
        }
      } catch (NoSuchFileException e) {
        LOG.debug("{} is gone", found);
      }
    }
  }

  /** When the database was made, by its own clock. */
  private LocalDateTime birth() {
    return jdbc.query(
            "select installed_on from flyway_schema_history order by installed_rank limit 1",
            (row, number) -> row.getObject(1, LocalDateTime.class))
        .get(0);
  }

  private boolean isOnlyDatabase(LocalDateTime birth) throws IOException {
    Path marks = storage.of(MARKS);
    Path own = marks.resolve(birth.format(NAME));
    Files.createDirectories(own);
    if (list(marks).size() > 1) {
      LOG.warn(
          "Several databases have been used with this data folder, so files that no row knows are"
              + " left alone. To have them deleted, delete all of {} but {}.",
          marks,
          own.getFileName());
      return false;
    }
    return true;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.toList();
    }
  }
}
