package dev.trainyard.dataset;

import dev.trainyard.dataset.archive.AllowedFolders;
import dev.trainyard.dataset.archive.ArchiveException;
import dev.trainyard.idempotency.Idempotency;
import dev.trainyard.idempotency.IdempotentRequest;
import dev.trainyard.idempotency.Once;
import dev.trainyard.idempotency.Sha256;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.storage.Storage;
import dev.trainyard.upload.Uploads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Takes in what is to become datasets: what can be told at a glance is refused at once. */
@Component
public class DatasetIntake {

  private static final int LONGEST_PATH = 1000;

  private final DatasetCatalog catalog;
  private final Registration registration;
  private final Glance glance;
  private final UploadedFiles files;
  private final Uploads uploads;
  private final Idempotency idempotency;
  private final DatasetProperties properties;
  private final Storage storage;

  DatasetIntake(
      DatasetCatalog catalog,
      Registration registration,
      Glance glance,
      UploadedFiles files,
      Uploads uploads,
      Idempotency idempotency,
      DatasetProperties properties,
      Storage storage) {
    this.catalog = catalog;
    this.registration = registration;
    this.glance = glance;
    this.files = files;
    this.uploads = uploads;
    this.idempotency = idempotency;
    this.properties = properties;
    this.storage = storage;
  }

  /** Moves the uploaded file to a path that is not there yet. */
  public interface Upload {
    void moveTo(Path target) throws IOException;
  }

  /**
   * Takes over the file and starts its conversion: once the answer is given, neither the file nor
   * the dataset is lost, whatever happens to the service.
   *
   * @throws ProblemException INVALID_ARCHIVE or INVALID_REQUEST; what {@link Idempotency} refuses
   */
  public Once<DatasetView> ofFile(IdempotentRequest request, DatasetOrder order, Upload upload)
      throws IOException {
    Path file = storage.newTemporaryFile();
    try {
      upload.moveTo(file);
      String asked = request.hasKey() ? asked(order, Sha256.of(file)) : "";
      Optional<Once<DatasetView>> before = idempotency.replay(request, asked, catalog::view);
      if (before.isPresent()) {
        return before.get();
      }
      Dataset base = registration.base(order);
      glance.at(file, "file", order);
      return keep(file, request, asked, order, base);
    } finally {
      storage.deleteTree(file);
    }
  }

  /** First the file, then the row: a row promises that its file is there. */
  private Once<DatasetView> keep(
      Path file,
      IdempotentRequest request,
      String asked,
      DatasetOrder order,
      @Nullable Dataset base)
      throws IOException {
    long bytes = Files.size(file);
    String id = files.keep(file);
    Once<Dataset> dataset;
    try {
      dataset = registration.register(request, asked, id, order, base, DatasetSource.FILE, bytes);
    } catch (DataIntegrityViolationException | ProblemException e) {
      files.drop(id);
      throw e; // with any other failure, the row may be there nevertheless
    }
    if (dataset.replayed()) {
      files.drop(id);
    }
    return shown(dataset);
  }

  /**
   * Converts an upload that was received in pieces. From then on it belongs to the dataset.
   *
   * @throws ProblemException as {@link #ofFile} does; ILLEGAL_STATE while the upload is not whole
   */
  public Once<DatasetView> ofUpload(IdempotentRequest request, DatasetOrder order, String upload)
      throws IOException {
    String asked = request.hasKey() ? asked(order, "upload " + upload) : "";
    Optional<Once<DatasetView>> before = idempotency.replay(request, asked, catalog::view);
    if (before.isPresent()) {
      return before.get();
    }
    Path file = uploads.whole(upload);
    Dataset base = registration.base(order);
    glance.at(file, "upload", order);
    return shown(
        registration.register(
            request, asked, newId(), order, base, DatasetSource.ofUpload(upload), 0));
  }

  /**
   * Converts what is in a folder that the operator has allowed; it is read where it is.
   *
   * @throws ProblemException INVALID_REQUEST, naming the field {@code source.path}
   */
  public Once<DatasetView> ofFolder(IdempotentRequest request, DatasetOrder order, String path) {
    String asked = request.hasKey() ? asked(order, "folder " + path) : "";
    Optional<Once<DatasetView>> before = idempotency.replay(request, asked, catalog::view);
    if (before.isPresent()) {
      return before.get();
    }
    String place = place(path);
    Dataset base = registration.base(order);
    return shown(
        registration.register(
            request, asked, newId(), order, base, DatasetSource.ofFolder(place), 0));
  }

  private String place(String path) {
    if (Arrays.asList(path.split("[/\\\\]")).contains("..")) {
      throw Glance.invalid("source.path", "must not have '..' in it");
    }
    try {
      String place = new AllowedFolders(properties.allowedFolders()).find(path).place().toString();
      if (place.length() > LONGEST_PATH) {
        throw Glance.invalid("source.path", "is longer than " + LONGEST_PATH + " characters");
      }
      return place;
    } catch (ArchiveException e) {
      throw Glance.invalid("source.path", String.valueOf(e.getMessage()));
    }
  }

  private Once<DatasetView> shown(Once<Dataset> dataset) {
    return dataset.map(it -> dataset.replayed() ? catalog.view(it.id()) : it.view(null));
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private String asked(DatasetOrder order, String source) {
    return SpecJson.MAPPER.writeValueAsString(
        Arrays.asList(
            order.name(),
            order.appendTo(),
            order.completed(properties, null),
            order.asksForSplit(),
            source));
  }
}
