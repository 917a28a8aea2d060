package dev.trainyard.model;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.WarmStartSpec;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job leaves behind when its trainer has finished.
 *
 * @param jobId of which there is one version at most
 * @param model the registered name
 * @param export the complete SavedModel, on the data folder's file system; publication moves it
 * @param labels class names by {@code classid}
 * @param evaluation of the exported weights; null without a validation set
 * @param parameters trainable and moving values of the network
 * @param step the global step it was exported at
 * @param warmStart whose weights it began with, a model with its version; null for random ones
 * @param seed of everything random in its training
 * @param attempts at the job, in order
 * @param libraryVersions what it was made with, like {@code tensorflow} to {@code 2.18.0}
 */
public record FinishedModel(
    String jobId,
    String model,
    Path export,
    List<String> labels,
    Map<String, SignatureInfo> signatures,
    @Nullable EvaluationReport evaluation,
    long parameters,
    long step,
    DatasetRef dataset,
    JobSpec spec,
    @Nullable WarmStartSpec warmStart,
    long seed,
    List<TrainingAttempt> attempts,
    Map<String, String> libraryVersions) {}
