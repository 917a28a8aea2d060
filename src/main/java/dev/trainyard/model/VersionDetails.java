package dev.trainyard.model;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.WarmStartSpec;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is kept of a version as JSON, because nothing is ever searched by it. */
record VersionDetails(
    List<String> labels,
    Map<String, SignatureInfo> signatures,
    Map<String, Double> metrics,
    @Nullable EvaluationReport evaluation,
    long parameters,
    long step,
    @Nullable DatasetRef dataset,
    @Nullable JobSpec spec,
    @Nullable WarmStartSpec warmStart,
    long seed,
    List<TrainingAttempt> attempts,
    Map<String, String> libraryVersions,
    List<ModelFile> files,
    @Nullable ImportedModel imported) {

  /** Of a model that was made elsewhere. */
  static VersionDetails of(
      ImportedModel imported,
      List<String> labels,
      Map<String, SignatureInfo> signatures,
      long parameters,
      List<ModelFile> files) {
    return new VersionDetails(
        labels,
        signatures,
        Map.of(),
        null,
        parameters,
        0,
        null,
        null,
        null,
        0,
        List.of(),
        Map.of(),
        files,
        imported);
  }

  /** Of the version's files. */
  long bytes() {
    return files.stream().mapToLong(ModelFile::bytes).sum();
  }

  VersionDetails {
    if (attempts == null) { // versions from before this was kept
      attempts = List.of();
    }
  }

  static VersionDetails of(FinishedModel finished, List<ModelFile> files) {
    EvaluationReport evaluation = finished.evaluation();
    return new VersionDetails(
        finished.labels(),
        finished.signatures(),
        evaluation == null ? Map.of() : evaluation.metrics(),
        evaluation,
        finished.parameters(),
        finished.step(),
        finished.dataset(),
        finished.spec(),
        finished.warmStart(),
        finished.seed(),
        finished.attempts(),
        finished.libraryVersions(),
        files,
        null);
  }
}
