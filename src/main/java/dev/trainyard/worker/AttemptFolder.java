package dev.trainyard.worker;

import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder that an attempt works in, {@code attempt-{n}} in the job's folder: plan, checkpoints,
 * export. The next attempt takes it over by renaming it. That is the fence for files: to an attempt
 * that does not know yet that it is over, every path that it was given is gone, so nothing that it
 * still writes can appear.
 */
record AttemptFolder(Path path) {

  private static final Pattern NAME = Pattern.compile("attempt-(\\d{1,9})");

  /**
   * Takes the job's folder over.
   *
   * @param job its folder
   * @throws StaleAttemptException when a later attempt has it already
   */
  static AttemptFolder take(Path job, int attempt, Storage storage) throws IOException {
    Files.createDirectories(job);
    Path own = job.resolve("attempt-" + attempt);
    List<Path> present = newestFirst(job);
    if (!present.isEmpty() && number(present.get(0)) > attempt) {
      throw new StaleAttemptException(job, attempt);
    }
    if (present.isEmpty()) {
      Files.createDirectory(own);
    } else if (!present.get(0).equals(own)) {
      try {
        Files.move(present.get(0), own, StandardCopyOption.ATOMIC_MOVE);
      } catch (NoSuchFileException e) {
        throw new StaleAttemptException(job, attempt); // somebody else has just taken it
      }
    }
    for (Path older : newestFirst(job)) { // made by an attempt that was late
      if (number(older) < attempt) {
        storage.deleteTree(older);
      }
    }
    storage.force(job);
    return new AttemptFolder(own);
  }

  /** The one in use now, if there ever was an attempt. */
  static Optional<AttemptFolder> current(Path job) throws IOException {
    return newestFirst(job).stream().findFirst().map(AttemptFolder::new);
  }

  private static List<Path> newestFirst(Path job) throws IOException {
    if (!Files.isDirectory(job)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(job)) {
      return inside
          .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
          .sorted(Comparator.comparingInt(AttemptFolder::number).reversed())
          .toList();
    }
  }

  private static int number(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    return name.matches() ? Integer.parseInt(name.group(1)) : -1;
  }

  Path plan() {
    return path.resolve("plan.json");
  }

  Path checkpoints() {
    return path.resolve("checkpoints");
  }

  Path export() {
    return path.resolve("export");
  }
}
