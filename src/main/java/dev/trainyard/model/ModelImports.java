package dev.trainyard.model;

import dev.trainyard.idempotency.Idempotency;
import dev.trainyard.idempotency.IdempotentRequest;
import dev.trainyard.idempotency.Once;
import dev.trainyard.idempotency.Sha256;
import dev.trainyard.model.imports.ModelInspection;
import dev.trainyard.model.predict.PredictorEndedException;
import dev.trainyard.model.predict.Predictors;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.project.Acting;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.storage.Storage;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * Registers models that were made elsewhere, once a request. The model is looked into, then loaded
 * in a process of its own, then kept under an id; its row names the id, and is written with the
 * request's key. From then on it is sure to be published: by this process, or after its death by
 * whoever finds the row.
 */
@Component
public class ModelImports {

  private static final Logger LOG = LoggerFactory.getLogger(ModelImports.class);

  static final String FOLDER = "imports";

  private static final String ID = "import-";
  private static final int VERSION_RACES = 50;
  private static final int MOST_LABELS = 100_000;

  private final ModelInspection inspection;
  private final Predictors predictors;
  private final VersionLedger ledger;
  private final ModelCatalog catalog;
  private final ServingConfig serving;
  private final ModelFolders folders;
  private final Idempotency idempotency;
  private final Storage storage;
  private final ModelNames names;

  ModelImports(
      ModelInspection inspection,
      Predictors predictors,
      VersionLedger ledger,
      ModelCatalog catalog,
      ServingConfig serving,
      ModelFolders folders,
      Idempotency idempotency,
      Storage storage,
      ModelNames names) {
    this.inspection = inspection;
    this.predictors = predictors;
    this.ledger = ledger;
    this.catalog = catalog;
    this.serving = serving;
    this.folders = folders;
    this.idempotency = idempotency;
    this.storage = storage;
    this.names = names;
  }

  /** Moves the uploaded file to a path that is not there yet. */
  public interface Upload {
    void moveTo(Path target) throws IOException;
  }

  /**
   * The next version of the model, READY.
   *
   * @param source what the importer calls its origin
   * @throws ProblemException IMPORT_DISABLED; INVALID_ARCHIVE; MODEL_REFUSED; IMPORT_UNAVAILABLE;
   *     what {@link Idempotency} refuses
   */
  public Once<ModelVersionView> accept(
      IdempotentRequest request, String model, String source, Upload upload) throws IOException {
    inspection.requireEnabled();
    names.isNew(model, Acting.project(), "name");
    request.hasKey(); // a bad one is refused before the work
    Path archive = storage.newTemporaryFile();
    Path folder = storage.newTemporaryFolder();
    try {
      upload.moveTo(archive);
      ImportedModel imported = new ImportedModel(source, Sha256.of(archive));
      String asked = SpecJson.MAPPER.writeValueAsString(List.of(model, imported));
      Optional<Once<ModelVersion>> before = idempotency.replay(request, asked, this::find);
      if (before.isPresent()) {
        return before.get().map(this::published);
      }
      long parameters = inspection.open(archive, folder);
      VersionDetails details =
          VersionDetails.of(
              imported, labels(folder), load(folder), parameters, folders.manifest(folder));
      return keep(request, asked, model, details, folder).map(this::published);
    } finally {
      storage.deleteTree(archive);
      storage.deleteTree(folder);
    }
  }

  private Once<ModelVersion> keep(
      IdempotentRequest request, String asked, String model, VersionDetails details, Path folder)
      throws IOException {
    String id = UUID.randomUUID().toString();
    storage.publish(folder, place(id)); // first the files, then the row: it promises them
    try {
      Once<ModelVersion> version = register(request, asked, id, model, details);
      if (version.replayed()) {
        storage.deleteTree(place(id));
      }
      return version;
    } catch (DataIntegrityViolationException | ProblemException e) {
      storage.deleteTree(place(id));
      throw e; // with any other failure, the row may be there nevertheless
    }
  }

  private Once<ModelVersion> register(
      IdempotentRequest request, String asked, String id, String model, VersionDetails details) {
    for (int race = 1; ; race++) {
      try {
        return idempotency.once(
            request,
            asked,
            () -> ledger.reserved(ID + id, model, details),
            version -> id,
            this::find);
      } catch (DataIntegrityViolationException e) {
        if (race == VERSION_RACES) { // somebody else made the model's first version
          throw e;
        }
      }
    }
  }

  private ModelVersion find(String id) {
    return ledger
        .ofJob(ID + id)
        .filter(version -> version.state() != VersionState.DELETING)
        .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "It was deleted."));
  }

  /** Puts it in its place, unless that is done. */
  private ModelVersionView published(ModelVersion version) {
    if (version.state() == VersionState.READY) {
      return catalog.version(version.modelName(), Integer.toString(version.version()));
    }
    String id = version.origin().substring(ID.length());
    try {
      folders.publish(place(id), folders.of(version.modelName(), version.version()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ModelVersionView announced = ledger.announce(version.origin(), () -> {});
    serving.write();
    LOG.info("Imported model {} version {} is ready", announced.name(), announced.version());
    return announced;
  }

  /** Publishes what a process that died has left between its row and its place. */
  void takeUp() {
    for (ModelVersion version : ledger.begun()) {
      if (version.origin().startsWith(ID)) {
        published(version);
      }
    }
  }

  boolean isBegun(String id) {
    return ledger.ofJob(ID + id).filter(it -> it.state() == VersionState.PUBLISHING).isPresent();
  }

  private Path place(String id) {
    return storage.of(FOLDER, id);
  }

  private Map<String, SignatureInfo> load(Path folder) {
    Map<String, SignatureInfo> signatures;
    try {
      signatures = predictors.check(folder);
    } catch (PredictorEndedException e) {
      throw refused("It could not be loaded. " + e.getMessage(), "cannot be loaded");
    }
    if (!signatures.containsKey(ModelRegistry.SERVING_DEFAULT)) {
      throw refused(
          "It has no signature 'serving_default'; its signatures are %s."
              .formatted(signatures.keySet()),
          "has no signature 'serving_default'");
    }
    return signatures;
  }

  private static ProblemException refused(String detail, String message) {
    return new ProblemException(Problem.MODEL_REFUSED, detail, new FieldProblem("file", message));
  }

  /** Of models that bring them as ours do. */
  private static List<String> labels(Path folder) throws IOException {
    Path file = folder.resolve("assets").resolve("labels.txt");
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.limit(MOST_LABELS).toList();
    } catch (UncheckedIOException e) {
      return List.of(); // no text
    }
  }
}
