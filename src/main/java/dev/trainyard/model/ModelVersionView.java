package dev.trainyard.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.WarmStartSpec;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version of a model, with where it came from. It never changes, but for what people say of it.
 *
 * @param aliases that stand for it, in order; {@code latest} is not among them
 * @param metrics of the held-out images; empty when nothing was evaluated
 * @param evaluation the same metrics with the figures of each class; left out of lists
 * @param job the id of the job that trained it; like dataset and spec, absent when it was imported
 * @param warmStart whose weights its training began with; absent for random ones
 * @param attempts at the job, in order
 * @param files in the order of their paths
 * @param sizeBytes of all files
 * @param downloadUrl relative to the service
 * @param imported where it came from, when it was not trained here
 * @param signed whether all this, down to the digests of the files, has this service's signature,
 *     or waits for it after an upgrade; else it is not loaded
 */
public record ModelVersionView(
    String name,
    int version,
    VersionState state,
    List<String> aliases,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String description,
    Map<String, String> tags,
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
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WarmStartSpec warmStart,
    long seed,
    List<TrainingAttempt> attempts,
    Map<String, String> libraryVersions,
    List<ModelFile> files,
    long sizeBytes,
    String downloadUrl,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ImportedModel imported,
    boolean signed) {

  /** As a list of versions shows it. */
  ModelVersionView withoutEvaluation() {
    return new ModelVersionView(
        name,
        version,
        state,
        aliases,
        description,
        tags,
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
        warmStart,
        seed,
        attempts,
        libraryVersions,
        files,
        sizeBytes,
        downloadUrl,
        imported,
        signed);
  }
}
