package dev.trainyard.trainer.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer reports: one JSON object a line on its standard output, told apart by {@code
 * event}. A line without a member that its event always has is none.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TrainerEvent.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = TrainerEvent.Started.class, name = "started"),
  @JsonSubTypes.Type(value = TrainerEvent.Entered.class, name = "entered"),
  @JsonSubTypes.Type(value = TrainerEvent.Progress.class, name = "progress"),
  @JsonSubTypes.Type(value = TrainerEvent.Evaluation.class, name = "evaluation"),
  @JsonSubTypes.Type(value = TrainerEvent.Checkpoint.class, name = "checkpoint"),
  @JsonSubTypes.Type(value = TrainerEvent.Warning.class, name = "warning"),
  @JsonSubTypes.Type(value = TrainerEvent.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = TrainerEvent.Exported.class, name = "exported"),
  @JsonSubTypes.Type(value = TrainerEvent.Stopped.class, name = "stopped"),
  @JsonSubTypes.Type(value = TrainerEvent.Failed.class, name = "failed")
})
public sealed interface TrainerEvent {

  /**
   * A trainer that was started ahead is warm and waits for its plan.
   *
   * @param devices what this machine has; empty when it was not asked to look
   */
  record Ready(String tensorflowVersion, List<Device> devices) implements TrainerEvent {
    public Ready {
      requireNonNull(tensorflowVersion, "tensorflowVersion");
      requireNonNull(devices, "devices");
    }
  }

  /**
   * The plan was read and the graph is built.
   *
   * @param step the global step of the checkpoint that was restored; 0 for a fresh start
   * @param parameters trainable and moving values of the network, without optimizer slots
   */
  record Started(
      long step, long totalSteps, long parameters, String device, String tensorflowVersion)
      implements TrainerEvent {
    public Started {
      requireNonNull(device, "device");
      requireNonNull(tensorflowVersion, "tensorflowVersion");
    }
  }

  /**
   * The trainer begins something that a user may wait for.
   *
   * @param time when it did: reports may wait for a parent that is busy
   */
  record Entered(TrainerPhase phase, Instant time) implements TrainerEvent {
    public Entered {
      requireNonNull(phase, "phase");
      requireNonNull(time, "time");
    }
  }

  /**
   * Some steps were made since the last report; about one report a second.
   *
   * @param loss mean of the steps since the last report
   * @param accuracy share of right answers on the training batches since the last report, 0 to 1
   * @param learningRate of the newest step
   * @param etaSeconds until the last step, evaluations not counted; null while the rate is unknown
   */
  record Progress(
      long step,
      double loss,
      double accuracy,
      double learningRate,
      double examplesPerSecond,
      @Nullable Double etaSeconds)
      implements TrainerEvent {}

  /**
   * The validation set was evaluated.
   *
   * @param step the global step of the weights that were evaluated
   */
  record Evaluation(long step, EvaluationReport report) implements TrainerEvent {
    public Evaluation {
      requireNonNull(report.metrics(), "metrics");
      requireNonNull(report.classes(), "classes");
    }

    /** By the names in {@link dev.trainyard.spec.EvaluationMetric}. */
    public Map<String, Double> metrics() {
      return report.metrics();
    }
  }

  /**
   * A checkpoint of this step is on disk, whole and durable. Training may be some steps ahead.
   *
   * @param seconds that it took
   * @param time when it was
   */
  record Checkpoint(long step, long bytes, double seconds, Instant time) implements TrainerEvent {
    public Checkpoint {
      requireNonNull(time, "time");
    }
  }

  record Warning(String message) implements TrainerEvent {
    public Warning {
      requireNonNull(message, "message");
    }
  }

  /**
   * Training is over and its last checkpoint is on disk; the export follows.
   *
   * @param message a sentence that says why
   */
  record Ended(long step, TrainingEnd reason, String message) implements TrainerEvent {
    public Ended {
      requireNonNull(reason, "reason");
      requireNonNull(message, "message");
    }
  }

  /**
   * The SavedModel is complete in the plan's export folder, and was loaded back and run.
   *
   * @param signatures what the model takes and gives, by signature name
   * @param time when it was
   */
  record Exported(long step, long parameters, Map<String, SignatureInfo> signatures, Instant time)
      implements TrainerEvent {
    public Exported {
      requireNonNull(signatures, "signatures");
      requireNonNull(time, "time");
    }
  }

  /** Stopped on request; the checkpoint of this step is on disk. */
  record Stopped(long step) implements TrainerEvent {}

  /** It cannot go on. {@code message} says what to do about it. */
  record Failed(FailureReason reason, String message) implements TrainerEvent {
    public Failed {
      requireNonNull(reason, "reason");
      requireNonNull(message, "message");
    }
  }

  /** A SavedModel signature; shapes use -1 for what is not fixed. */
  record SignatureInfo(String methodName, List<TensorInfo> inputs, List<TensorInfo> outputs) {}

  /**
   * One tensor of a signature.
   *
   * @param dtype TensorFlow's name of the data type, without {@code DT_}
   * @param shape null, and left out, when not even the number of sides is known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TensorInfo(String name, String dtype, @Nullable List<Long> shape) {}
}
