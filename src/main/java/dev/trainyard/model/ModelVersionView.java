package dev.trainyard.model;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A version of a model, with where it came from. It never changes.
 *
 * @param job the id of the job that trained it
 * @param files in the order of their paths
 * @param sizeBytes of all files
 * @param downloadUrl relative to the service
 */
public record ModelVersionView(
    String name,
    int version,
    VersionState state,
    Instant createTime,
    List<String> labels,
    Map<String, SignatureInfo> signatures,
    Map<String, Double> metrics,
    long parameters,
    long step,
    String job,
    DatasetRef dataset,
    JobSpec spec,
    long seed,
    Map<String, String> libraryVersions,
    List<ModelFile> files,
    long sizeBytes,
    String downloadUrl) {}
