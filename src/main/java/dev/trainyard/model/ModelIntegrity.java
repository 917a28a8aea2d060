package dev.trainyard.model;

import dev.trainyard.model.integrity.KnownFiles;
import dev.trainyard.model.integrity.Sha256;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whether the files of a version are still those that were registered, and its row what was signed.
 */
@Component
public class ModelIntegrity {

  /** Who found it damaged: the bounded tag of the metric. */
  public enum Finder {
    DOWNLOAD,
    PREDICTION,
    WARM_START,
    VERIFICATION
  }

  private static final Logger log = LoggerFactory.getLogger(ModelIntegrity.class);

  private final ModelCatalog catalog;
  private final ModelFolders folders;
  private final KnownFiles known;
  private final ServiceMetrics metrics;

  ModelIntegrity(
      ModelCatalog catalog, ModelFolders folders, KnownFiles known, ServiceMetrics metrics) {
    this.catalog = catalog;
    this.folders = folders;
    this.known = known;
    this.metrics = metrics;
    for (Finder finder : Finder.values()) { // Prometheus sees no increase from nothing to 1
      damages(finder);
    }
  }

  /**
   * To be called before a process loads the version. Cheap when nothing has touched its files since
   * this process last read them.
   *
   * @throws ProblemException MODEL_DAMAGED; NOT_FOUND when it has just been deleted
   */
  public void verify(ModelVersionView version, Finder finder) {
    requireSigned(version, finder);
    List<String> expected = new ArrayList<>();
    for (ModelFile file : version.files()) {
      verified(version, file, finder);
      expected.add(file.path());
    }
    for (String path : paths(version)) {
      if (!expected.contains(path)) { // TensorFlow prefers a saved_model.cpb, for instance
        throw damaged(version, path, finder);
      }
    }
  }

  /**
   * Before anything of its row is taken at its word: its digests, for instance.
   *
   * @throws ProblemException MODEL_DAMAGED when it is not what was signed
   */
  public void requireSigned(ModelVersionView version, Finder finder) {
    if (!version.signed()) {
      count(version, "its signature", finder);
      throw new ProblemException(
          Problem.MODEL_DAMAGED,
          "What is registered of version %d of model '%s' is not what this service has signed: its row in the database is not its own, or its files were damaged when old versions were signed. Restore it from a backup, or delete the version and train it again; src/docs/models.md tells of a lost key."
              .formatted(version.version(), version.name()));
    }
  }

  private List<String> paths(ModelVersionView version) {
    try {
      return folders.paths(catalog.folder(version));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Where a file lies that is what was registered. To be asked for after {@link #requireSigned}.
   *
   * @throws ProblemException MODEL_DAMAGED; NOT_FOUND when its version has just been deleted
   */
  public Path verified(ModelVersionView version, ModelFile file, Finder finder) {
    Path path = catalog.folder(version).resolve(file.path());
    try {
      if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          && known.matches(path, file.sha256())) {
        return path;
      }
    } catch (NoSuchFileException e) {
      // told below
    } catch (IOException e) {
      throw new UncheckedIOException(path + " could not be read", e);
    }
    throw damaged(version, file.path(), finder);
  }

  /**
   * What to answer instead of bytes that are not what was registered.
   *
   * @throws ProblemException NOT_FOUND when the version has just been deleted
   */
  public ProblemException damaged(ModelVersionView version, String path, Finder finder) {
    catalog.version(version.name(), Integer.toString(version.version()));
    count(version, path, finder);
    return new ProblemException(
        Problem.MODEL_DAMAGED,
        "The file '%s' of version %d of model '%s' is missing or not what was registered. POST /api/v1/models/%s/versions/%d/verify tells of each file; restore them from a backup, or delete the version and train it again."
            .formatted(path, version.version(), version.name(), version.name(), version.version()));
  }

  /** Reads everything, whatever was known of it. */
  public IntegrityReport report(ModelVersionView version) throws IOException {
    Path folder = catalog.folder(version);
    List<IntegrityReport.File> files = new ArrayList<>();
    for (ModelFile file : version.files()) {
      files.add(compared(folder.resolve(file.path()), file));
    }
    List<String> expected = version.files().stream().map(ModelFile::path).toList();
    for (String path : folders.paths(folder)) {
      if (!expected.contains(path)) {
        files.add(
            new IntegrityReport.File(
                path, IntegrityReport.Status.UNEXPECTED, null, null, null, null));
      }
    }
    files.sort(Comparator.comparing(IntegrityReport.File::path));
    IntegrityReport report =
        IntegrityReport.of(version.name(), version.version(), version.signed(), files);
    if (!report.intact()) {
      catalog.version(version.name(), Integer.toString(version.version())); // unless deleted
      count(version, report.damaged(), Finder.VERIFICATION);
    }
    return report;
  }

  private static IntegrityReport.File compared(Path path, ModelFile file) throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return new IntegrityReport.File(
          file.path(), IntegrityReport.Status.MISSING, file.bytes(), null, file.sha256(), null);
    }
    String found = Sha256.of(path);
    return new IntegrityReport.File(
        file.path(),
        found.equals(file.sha256()) ? IntegrityReport.Status.OK : IntegrityReport.Status.CHANGED,
        file.bytes(),
        Files.size(path),
        file.sha256(),
        found);
  }

  private void count(ModelVersionView version, String path, Finder finder) {
    log.error(
        "Version {} of model '{}' is damaged, found by {}: {}",
        version.version(),
        version.name(),
        finder,
        path);
    damages(finder).increment();
  }

  private Counter damages(Finder finder) {
    return metrics.counter(TrainyardMetric.MODEL_DAMAGES, finder.name().toLowerCase(Locale.ROOT));
  }
}
