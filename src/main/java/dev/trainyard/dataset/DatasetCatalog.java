package dev.trainyard.dataset;

import dev.trainyard.dataset.convert.ClassCount;
import dev.trainyard.dataset.convert.DatasetFolder;
import dev.trainyard.dataset.convert.Manifest;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.project.Acting;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** The datasets that there are. A name alone means its newest version. */
@Component
public class DatasetCatalog {

  private static final Sort NEWEST_FIRST = Sort.by(Sort.Direction.DESC, "createTime", "id");

  private final Datasets datasets;
  private final Storage storage;
  private final DatasetVerbs verbs;

  DatasetCatalog(Datasets datasets, Storage storage, DatasetVerbs verbs) {
    this.datasets = datasets;
    this.storage = storage;
    this.verbs = verbs;
  }

  /**
   * What a job is to be trained on: the dataset of that id, or the newest READY one of that name.
   *
   * @throws ProblemException DATASET_NOT_READY when there is none that is READY; INVALID_REQUEST,
   *     naming the field {@code dataset}, when there is none at all; DATASET_DAMAGED when its
   *     manifest is gone
   */
  public ReadyDataset ready(String idOrName) {
    Dataset dataset =
        datasets
            .findById(idOrName)
            .or(() -> datasets.newestReady(idOrName, Acting.visible()))
            .or(() -> find(idOrName))
            .orElseThrow(() -> unknown(idOrName));
    if (dataset.state() != DatasetState.READY) {
      throw new ProblemException(
          Problem.DATASET_NOT_READY,
          "Dataset '%s' version %d is %s."
              .formatted(dataset.name(), dataset.version(), dataset.state()),
          new FieldProblem("dataset", "is " + dataset.state() + "; a job needs one that is READY"));
    }
    return ready(dataset);
  }

  /**
   * @throws ProblemException NOT_FOUND
   */
  public DatasetView view(String idOrName) {
    return view(require(idOrName));
  }

  /** Those of these datasets that there are. */
  public List<DatasetView> views(Collection<String> ids) {
    return datasets.findAllById(ids).stream().map(this::view).toList();
  }

  public List<DatasetView> list(DatasetQuery query) {
    return datasets
        .findBy(query.specification(), all -> all.sortBy(NEWEST_FIRST).limit(query.limit()).all())
        .stream()
        .map(this::view)
        .toList();
  }

  /**
   * The CSV file {@code file,row,reason} of what was set aside.
   *
   * @throws ProblemException NOT_FOUND; ILLEGAL_STATE while it is being converted
   */
  public Path quarantine(String idOrName) {
    Dataset dataset = require(idOrName);
    Path file = dataset.folder(storage).resolve(DatasetFolder.QUARANTINE);
    if (dataset.state() == DatasetState.CONVERTING) {
      throw illegalState("The quarantine list is complete once the dataset is converted.");
    }
    if (!Files.exists(file)) {
      throw new ProblemException(
          Problem.NOT_FOUND, "The conversion ended before it had looked at the records.");
    }
    return file;
  }

  /**
   * A dataset and the folder of its files, which never change.
   *
   * @throws ProblemException NOT_FOUND; ILLEGAL_STATE before it is READY
   */
  public DatasetFiles files(String idOrName) {
    Dataset dataset = require(idOrName);
    if (dataset.state() != DatasetState.READY) {
      throw illegalState(
          "Only a dataset that is READY has that; this one is " + dataset.state() + ".");
    }
    return new DatasetFiles(dataset.folder(storage), manifest(dataset));
  }

  /**
   * Deletes one version, files and all.
   *
   * @throws ProblemException NOT_FOUND; IN_USE; ILLEGAL_STATE while it is being converted
   */
  public void delete(String id) throws IOException {
    storage.deleteTree(verbs.remove(id).folder(storage));
  }

  /**
   * Ends a conversion, begun or not. What was uploaded for it is deleted.
   *
   * @throws ProblemException NOT_FOUND; ILLEGAL_STATE when it has ended
   */
  public DatasetView cancel(String id) throws IOException {
    Dataset dataset = verbs.cancel(id);
    if (dataset.source().folder() == null) {
      storage.deleteTree(dataset.origin(storage));
    }
    return dataset.view(null);
  }

  private ReadyDataset ready(Dataset dataset) {
    Manifest manifest;
    try {
      manifest = manifest(dataset);
    } catch (UncheckedIOException | JacksonException e) {
      throw DatasetIntegrity.damaged(dataset.id(), "its manifest cannot be read");
    }
    return new ReadyDataset(
        dataset.id(),
        dataset.name(),
        dataset.version(),
        manifest.classes().stream().map(ClassCount::label).toList(),
        manifest.trainExamples(),
        manifest.validationExamples(),
        manifest.sha256(),
        shards(dataset, manifest, "train-"),
        shards(dataset, manifest, "validation-"));
  }

  private List<Path> shards(Dataset dataset, Manifest manifest, String prefix) {
    return manifest.shards().stream()
        .map(Manifest.Shard::name)
        .filter(name -> name.startsWith(prefix))
        .map(dataset.folder(storage)::resolve)
        .toList();
  }

  private DatasetView view(Dataset dataset) {
    return dataset.view(dataset.state() == DatasetState.READY ? manifest(dataset) : null);
  }

  private Manifest manifest(Dataset dataset) {
    try {
      return DatasetFolder.readManifest(dataset.folder(storage));
    } catch (IOException e) {
      throw new UncheckedIOException("Dataset " + dataset.id() + " has lost its manifest", e);
    }
  }

  private Dataset require(String idOrName) {
    return find(idOrName).orElseThrow(() -> missing(idOrName));
  }

  private Optional<Dataset> find(String idOrName) {
    return datasets
        .findById(idOrName)
        .or(() -> datasets.findFirstByNameOrderByVersionDesc(idOrName));
  }

  static ProblemException missing(String idOrName) {
    return new ProblemException(
        Problem.NOT_FOUND, "There is no dataset with the id or name '" + idOrName + "'.");
  }

  private static ProblemException unknown(String idOrName) {
    return new ProblemException(
        Problem.INVALID_REQUEST,
        "There is no dataset with the id or name '" + idOrName + "'.",
        new FieldProblem("dataset", "is not the id or name of a dataset"));
  }

  private static ProblemException illegalState(String detail) {
    return new ProblemException(Problem.ILLEGAL_STATE, detail);
  }
}
