package dev.trainyard.model;

import dev.trainyard.spec.JobSpec;
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
    long seed,
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
        0,
        Map.of(),
        files,
        imported);
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
        finished.seed(),
        finished.libraryVersions(),
        files,
        null);
  }
}
