package dev.trainyard.model;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.util.List;
import java.util.Map;

/** What is kept of a version as JSON, because nothing is ever searched by it. */
record VersionDetails(
    List<String> labels,
    Map<String, SignatureInfo> signatures,
    Map<String, Double> metrics,
    long parameters,
    long step,
    DatasetRef dataset,
    JobSpec spec,
    long seed,
    Map<String, String> libraryVersions,
    List<ModelFile> files) {

  static VersionDetails of(FinishedModel finished, List<ModelFile> files) {
    return new VersionDetails(
        finished.labels(),
        finished.signatures(),
        finished.metrics(),
        finished.parameters(),
        finished.step(),
        finished.dataset(),
        finished.spec(),
        finished.seed(),
        finished.libraryVersions(),
        files);
  }
}
