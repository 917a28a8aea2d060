package dev.trainyard.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version of a model, with where it came from. It never changes.
 *
 * @param metrics of the held-out images; empty when nothing was evaluated
 * @param evaluation the same metrics with the figures of each class; left out of lists
 * @param job the id of the job that trained it; like dataset and spec, absent when it was imported
 * @param files in the order of their paths
 * @param sizeBytes of all files
 * @param downloadUrl relative to the service
 * @param imported where it came from, when it was not trained here
 */
public record ModelVersionView(
    String name,
    int version,
    VersionState state,
    Instant createTime,
    List<String> labels,
    Map<String, SignatureInfo> signatures,
    Map<String, Double> metrics,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EvaluationReport evaluation,
    long parameters,
    long step,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String job,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DatasetRef dataset,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JobSpec spec,
    long seed,
    Map<String, String> libraryVersions,
    List<ModelFile> files,
    long sizeBytes,
    String downloadUrl,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ImportedModel imported) {

  /** As a list of versions shows it. */
  ModelVersionView withoutEvaluation() {
    return new ModelVersionView(
        name,
        version,
        state,
        createTime,
        labels,
        signatures,
        metrics,
        null,
        parameters,
        step,
        job,
        dataset,
        spec,
        seed,
        libraryVersions,
        files,
        sizeBytes,
        downloadUrl,
        imported);
  }
}
