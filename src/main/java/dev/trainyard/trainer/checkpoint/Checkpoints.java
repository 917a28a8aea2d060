package dev.trainyard.trainer.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checkpoints of one job: a folder for each, named by its step. */
public final class Checkpoints {

  private static final String ASIDE = ".tmp-";
  private static final Pattern STEP = Pattern.compile("\\d{1,18}");

  private final Path root;
  private final int attempt;

  /**
   * Makes {@code root} if it is not there, and clears away what an earlier attempt left unfinished.
   *
   * @param attempt this one's number; it tells apart what two attempts write at the same time
   */
  public Checkpoints(Path root, int attempt) throws IOException {
    this.root = root;
    this.attempt = attempt;
    DurableFiles.create(root);
    for (Path folder : folders(root, name -> name.startsWith(ASIDE))) {
      DurableFiles.deleteTree(folder);
    }
  }

  /**
   * Writes the checkpoint of {@code step}, unless a good one is there already.
   *
   * @param trained time that training took up to it, over all attempts
   * @param save writes TensorFlow's files under the prefix that it is given
   */
  public Checkpoint write(long step, Duration trained, Consumer<Path> save) throws IOException {
    Path target = folder(step);
    if (Files.exists(target)) {
      try {
        return of(step);
      } catch (IOException damaged) {
        retire(target);
      }
    }
    Path aside = aside(step);
    DurableFiles.deleteTree(aside);
    Files.createDirectory(aside); // not its parents: gone, they are a later attempt's
    Manifest manifest;
    try {
      save.accept(Checkpoint.prefixIn(aside));
      manifest = Manifest.write(aside, step, attempt, trained);
      DurableFiles.publish(aside, target);
    } catch (IOException | RuntimeException e) {
      DurableFiles.deleteTree(aside); // a full disk needs the room
      throw e;
    }
    return new Checkpoint(step, target, manifest.bytes(), trained);
  }

  /** Deletes all but the {@code newest} and the one of step {@code best}, if there is a best. */
  public void keep(int newest, OptionalLong best) throws IOException {
    for (long old : newestFirst().stream().skip(newest).toList()) {
      if (best.isEmpty() || old != best.getAsLong()) {
        retire(folder(old));
      }
    }
  }

  /**
   * The newest checkpoint that is whole.
   *
   * @param warnings is told of each newer one that is not
   */
  public Optional<Checkpoint> newest(Consumer<String> warnings) throws IOException {
    return newestIn(root, warnings);
  }

  /** The newest checkpoint of another job that is whole; its folder is only read. */
  public static Optional<Checkpoint> newestIn(Path folder, Consumer<String> warnings)
      throws IOException {
    for (long step : newestFirst(folder)) {
      try {
        return Optional.of(verified(folder, step));
      } catch (IOException e) {
        warnings.accept(
            "The checkpoint of step "
                + step
                + " is damaged and was not used: "
                + e.getMessage()
                + ". An older one, or none, takes its place.");
      }
    }
    return Optional.empty();
  }

  /**
   * The checkpoint of that step.
   *
   * @throws IOException when it is not there or not whole
   */
  public Checkpoint of(long step) throws IOException {
    return verified(root, step);
  }

  private static Checkpoint verified(Path root, long step) throws IOException {
    Path folder = root.resolve(Long.toString(step));
    Manifest manifest = Manifest.verify(folder);
    return new Checkpoint(step, folder, manifest.bytes(), manifest.trained());
  }

  /** Moves a checkpoint out of sight before deleting it, so that half of one is never found. */
  private void retire(Path folder) throws IOException {
    Path aside = root.resolve(ASIDE + attempt + "-old-" + folder.getFileName());
    DurableFiles.deleteTree(aside);
    Files.move(folder, aside);
    DurableFiles.deleteTree(aside);
  }

  private Path aside(long step) {
    return root.resolve(ASIDE + attempt + "-" + step);
  }

  private Path folder(long step) {
    return root.resolve(Long.toString(step));
  }

  private List<Long> newestFirst() throws IOException {
    return newestFirst(root);
  }

  private static List<Long> newestFirst(Path root) throws IOException {
    return folders(root, name -> STEP.matcher(name).matches()).stream()
        .map(folder -> Long.parseLong(folder.getFileName().toString()))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static List<Path> folders(Path root, Predicate<String> named) throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(Files::isDirectory)
          .filter(folder -> named.test(folder.getFileName().toString()))
          .toList();
    }
  }
}
