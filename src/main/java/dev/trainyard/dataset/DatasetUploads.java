package dev.trainyard.dataset;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.ArchiveException;
import dev.trainyard.dataset.convert.ConversionOrder;
import dev.trainyard.dataset.image.ContentKind;
import dev.trainyard.dataset.listing.Contents;
import dev.trainyard.dataset.listing.Layout;
import dev.trainyard.dataset.listing.LayoutException;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Takes uploads in: what can be told at a glance is refused at once, the rest is converted. */
@Component
public class DatasetUploads {

  private static final int VERSION_RACES = 50;

  private final Datasets datasets;
  private final DatasetConversions conversions;
  private final DatasetProperties properties;
  private final Storage storage;
  private final Clock clock;

  DatasetUploads(
      Datasets datasets,
      DatasetConversions conversions,
      DatasetProperties properties,
      Storage storage,
      Clock clock) {
    this.datasets = datasets;
    this.conversions = conversions;
    this.properties = properties;
    this.storage = storage;
    this.clock = clock;
  }

  /** Moves the uploaded file to a path that is not there yet. */
  public interface Upload {
    void moveTo(Path target) throws IOException;
  }

  /**
   * Takes over the file and starts its conversion.
   *
   * @param order completed with defaults
   * @param splitAsked whether the upload itself gave a validation fraction
   * @throws ProblemException INVALID_ARCHIVE or INVALID_REQUEST
   */
  public DatasetView accept(String name, Upload upload, ConversionOrder order, boolean splitAsked)
      throws IOException {
    Path file = storage.newTemporaryFile();
    try {
      upload.moveTo(file);
      glance(file, order, splitAsked);
      Dataset dataset = register(name, order);
      keep(file, dataset);
      conversions.start(dataset);
      return dataset.view(List.of(), conversions.progress(dataset.id()));
    } finally {
      storage.deleteTree(file);
    }
  }

  private void keep(Path file, Dataset dataset) throws IOException {
    try {
      storage.publish(file, dataset.upload(storage));
    } catch (IOException e) {
      datasets.delete(dataset);
      throw e;
    }
  }

  private void glance(Path file, ConversionOrder order, boolean splitAsked) throws IOException {
    ContentKind kind = ContentKind.of(Archive.start(file));
    if (kind == ContentKind.GZIP) {
      return; // only unpacking it would tell
    }
    if (kind != ContentKind.ZIP) {
      throw invalidArchive(
          kind == ContentKind.EMPTY_ZIP
              ? "The zip archive has no files in it."
              : "The file is not a zip or tar.gz archive; it is " + kind.words() + ".");
    }
    try (Archive archive = Archive.open(file, properties.archiveLimits())) {
      Contents contents = new Contents(archive.entries());
      if (!contents.holdsImagesOrCsv()) {
        throw invalidArchive(
            contents.entries().isEmpty()
                ? "The zip archive has no files in it."
                : "The archive holds neither images nor a CSV file; the first of its %d files is '%s'."
                    .formatted(contents.entries().size(), contents.entries().firstKey()));
      }
      requireOneSplit(order.layout().choose(contents), splitAsked);
    } catch (ArchiveException e) {
      throw invalidArchive(e.getMessage() + ".");
    } catch (LayoutException e) {
      throw invalid(e.field(), String.valueOf(e.getMessage()));
    }
  }

  private static void requireOneSplit(Layout layout, boolean splitAsked) {
    if (layout.splits() && splitAsked) {
      throw invalid("validationFraction", "must be left out: two CSV files make the split");
    }
  }

  private Dataset register(String name, ConversionOrder order) {
    for (int race = 1; ; race++) {
      int version = datasets.newestVersion(name) + 1;
      String id = UUID.randomUUID().toString();
      try {
        return datasets.saveAndFlush(new Dataset(id, name, version, order, clock.instant()));
      } catch (DataIntegrityViolationException e) {
        // Somebody else has just taken this version of the name.
        if (race == VERSION_RACES) {
          throw e;
        }
      }
    }
  }

  private static ProblemException invalidArchive(String detail) {
    return new ProblemException(
        Problem.INVALID_ARCHIVE,
        detail,
        new FieldProblem("file", "must be a zip with class folders, or with CSV rows and images"));
  }

  private static ProblemException invalid(String field, String message) {
    return new ProblemException(
        Problem.INVALID_REQUEST,
        "'" + field + "' " + message + ".",
        new FieldProblem(field, message));
  }
}
