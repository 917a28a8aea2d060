package dev.trainyard.dataset;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.ArchiveException;
import dev.trainyard.dataset.convert.ConversionOrder;
import dev.trainyard.dataset.image.ContentKind;
import dev.trainyard.dataset.listing.Contents;
import dev.trainyard.dataset.listing.Layout;
import dev.trainyard.dataset.listing.LayoutException;
import dev.trainyard.idempotency.Idempotency;
import dev.trainyard.idempotency.IdempotentRequest;
import dev.trainyard.idempotency.Once;
import dev.trainyard.idempotency.Sha256;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Takes uploads in: what can be told at a glance is refused at once, the rest is converted. */
@Component
public class DatasetUploads {

  private static final int VERSION_RACES = 50;

  private final Datasets datasets;
  private final DatasetCatalog catalog;
  private final ApplicationEventPublisher events;
  private final UploadedFiles files;
  private final Idempotency idempotency;
  private final DatasetProperties properties;
  private final Storage storage;
  private final Clock clock;

  DatasetUploads(
      Datasets datasets,
      DatasetCatalog catalog,
      ApplicationEventPublisher events,
      UploadedFiles files,
      Idempotency idempotency,
      DatasetProperties properties,
      Storage storage,
      Clock clock) {
    this.datasets = datasets;
    this.catalog = catalog;
    this.events = events;
    this.files = files;
    this.idempotency = idempotency;
    this.properties = properties;
    this.storage = storage;
    this.clock = clock;
  }

  /** Moves the uploaded file to a path that is not there yet. */
  public interface Upload {
    void moveTo(Path target) throws IOException;
  }

  /**
   * Takes over the file and starts its conversion: once the answer is given, neither the file nor
   * the dataset is lost, whatever happens to the service.
   *
   * @param order completed with defaults
   * @param splitAsked whether the upload itself gave a validation fraction
   * @throws ProblemException INVALID_ARCHIVE or INVALID_REQUEST; what {@link Idempotency} refuses
   */
  public Once<DatasetView> accept(
      IdempotentRequest request,
      String name,
      Upload upload,
      ConversionOrder order,
      boolean splitAsked)
      throws IOException {
    boolean keyed = request.hasKey();
    Path file = storage.newTemporaryFile();
    try {
      upload.moveTo(file);
      String asked = keyed ? asked(name, order, splitAsked, Sha256.of(file)) : "";
      Optional<Once<DatasetView>> before = idempotency.replay(request, asked, catalog::view);
      if (before.isPresent()) {
        return before.get();
      }
      glance(file, order, splitAsked);
      return keep(file, request, asked, name, order);
    } finally {
      storage.deleteTree(file);
    }
  }

  private static String asked(
      String name, ConversionOrder order, boolean splitAsked, String sha256) {
    return SpecJson.MAPPER.writeValueAsString(List.of(name, order, splitAsked, sha256));
  }

  /** First the file, then the row: a row promises that its file is there. */
  private Once<DatasetView> keep(
      Path file, IdempotentRequest request, String asked, String name, ConversionOrder order)
      throws IOException {
    String id = files.keep(file);
    Once<Dataset> dataset;
    try {
      dataset = register(request, asked, id, name, order);
    } catch (DataIntegrityViolationException | ProblemException e) {
      files.drop(id);
      throw e; // with any other failure, the row may be there nevertheless
    }
    if (dataset.replayed()) {
      files.drop(id);
      return dataset.map(it -> catalog.view(it.id()));
    }
    events.publishEvent(new UploadAccepted());
    return dataset.map(it -> it.view(List.of()));
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

  private Once<Dataset> register(
      IdempotentRequest request, String asked, String id, String name, ConversionOrder order) {
    for (int race = 1; ; race++) {
      try {
        return idempotency.once(
            request, asked, () -> insert(id, name, order), Dataset::id, this::registered);
      } catch (DataIntegrityViolationException e) {
        // Somebody else has just taken this version of the name.
        if (race == VERSION_RACES) {
          throw e;
        }
      }
    }
  }

  private Dataset insert(String id, String name, ConversionOrder order) {
    int version = datasets.newestVersion(name) + 1;
    return datasets.save(new Dataset(id, name, version, order, clock.instant()));
  }

  private Dataset registered(String id) {
    return datasets.findById(id).orElseThrow(() -> DatasetCatalog.missing(id));
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
