package dev.trainyard.model.imports;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.process.BoundedChildren;
import dev.trainyard.process.Child;
import dev.trainyard.process.ChildJvm;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.storage.DiskSpace;
import dev.trainyard.storage.Storage;
import dev.trainyard.trainer.protocol.ImportVerdict;
import dev.trainyard.trainer.protocol.ImportVerdict.Finding;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Unpacks models and has processes of their own look into them, one at a time: what parses a
 * stranger's graph may run out of memory, or worse.
 */
@Component
public class ModelInspection {

  private static final Logger LOG = LoggerFactory.getLogger(ModelInspection.class);

  private final ChildJvm jvm;
  private final BoundedChildren children;
  private final ImportProperties properties;
  private final Storage storage;
  private final DiskSpace disk;
  private final Semaphore place = new Semaphore(1);

  ModelInspection(
      ChildJvm jvm,
      BoundedChildren children,
      ImportProperties properties,
      Storage storage,
      DiskSpace disk) {
    this.jvm = jvm;
    this.children = children;
    this.properties = properties;
    this.storage = storage;
    this.disk = disk;
  }

  /**
   * @throws ProblemException IMPORT_DISABLED
   */
  public void requireEnabled() {
    if (!properties.enabled()) {
      throw new ProblemException(
          Problem.IMPORT_DISABLED,
          "Models that were made elsewhere are not taken here: trainyard.model.import.enabled is false.");
    }
  }

  /**
   * Unpacks the archive and looks into what it holds.
   *
   * @param folder empty
   * @return values in the model's variables
   * @throws ProblemException INVALID_ARCHIVE; MODEL_REFUSED naming each operation at fault;
   *     IMPORT_UNAVAILABLE while another one is looked into
   */
  public long open(Path archive, Path folder) throws IOException {
    if (!place.tryAcquire()) {
      throw new ProblemException(
              Problem.IMPORT_UNAVAILABLE, "Another model is being imported. Send it again soon.")
          .retryAfter(5);
    }
    try {
      long room = disk.free() - disk.reserve();
      if (room < Files.size(archive)) {
        throw new ProblemException(
            Problem.DISK_FULL, "There is no room to unpack the model. Free some space.");
      }
      ModelArchive.unpack(archive, folder, Math.min(room, properties.maxSize().toBytes()));
      return inspect(folder);
    } finally {
      place.release();
    }
  }

  private long inspect(Path folder) throws IOException {
    Path log = storage.newTemporaryFile();
    try {
      Child child =
          jvm.of(TrainerProcess.IMPORT_MAIN, properties.heap(), List.of(folder.toString()))
              .logTo(log);
      List<ImportVerdict> verdicts = new ArrayList<>();
      BoundedChildren.Ended end =
          children.run(child, properties.timeout(), line -> hear(line, verdicts));
      if (end.exitCode() != 0 || verdicts.size() != 1) {
        throw new ProblemException(
            Problem.MODEL_REFUSED,
            end.timedOut()
                ? "The model's graph could not be looked at within %s (trainyard.model.import.timeout)."
                    .formatted(properties.timeout())
                : "The model's graph could not be looked at: the process that tried it ended with exit code %d. It may be too large for trainyard.model.import.heap."
                    .formatted(end.exitCode()),
            new FieldProblem("file", "has a graph that cannot be looked at"));
      }
      if (verdicts.get(0) instanceof ImportVerdict.Refused refused) {
        throw refused(refused.findings());
      }
      return ((ImportVerdict.Accepted) verdicts.get(0)).parameters();
    } finally {
      storage.deleteTree(log);
    }
  }

  private static void hear(String line, List<ImportVerdict> verdicts) {
    try {
      verdicts.add(SpecJson.MAPPER.readValue(line, ImportVerdict.class));
    } catch (JacksonException e) {
      LOG.debug("Not a verdict: {}", line);
    }
  }

  private static ProblemException refused(List<Finding> findings) {
    List<FieldProblem> errors =
        findings.stream().map(it -> new FieldProblem("file", inWords(it))).toList();
    return new ProblemException(
        Problem.MODEL_REFUSED,
        "The model may not be loaded: it " + errors.get(0).message() + ".",
        errors);
  }

  private static String inWords(Finding finding) {
    return finding.operation().isEmpty()
        ? "has a %s that %s".formatted(finding.where(), finding.why())
        : "has the operation %s (node '%s', %s), which %s"
            .formatted(finding.operation(), finding.node(), finding.where(), finding.why());
  }
}
