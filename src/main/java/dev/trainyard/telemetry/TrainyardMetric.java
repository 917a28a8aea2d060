package dev.trainyard.telemetry;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Every metric of the service. Names are Micrometer's dotted ones, in base units; tags have few
 * values by construction: never an id, a name that a user gave, or a text. {@code
 * src/docs/metrics.md} is held to this list by a test.
 */
public enum TrainyardMetric {
  JOBS("trainyard.jobs", Kind.GAUGE, "", "Jobs by state.", "state"),
  JOB_QUEUE_WAIT(
      "trainyard.job.queue.wait",
      Kind.TIMER,
      Buckets.LONG,
      "seconds",
      "Time between a job's entry into the queue and its claim by a worker.",
      "model_type"),
  JOB_RUN_TIME(
      "trainyard.job.run.time",
      Kind.TIMER,
      Buckets.LONG,
      "seconds",
      "Time between the claim of an attempt and its end.",
      "model_type",
      "outcome"),
  JOBS_ACTIVE(
      "trainyard.job.active",
      Kind.LONG_TASK_TIMER,
      Buckets.LONG,
      "seconds",
      "Attempts that run now, and how long they have.",
      "model_type"),
  JOB_SETBACKS(
      "trainyard.job.setbacks",
      Kind.COUNTER,
      "setbacks",
      "Attempts that ended without a model and not by a user's wish, by why, and by what became of the job.",
      "reason",
      "state"),
  TRAINING_STEP_TIME(
      "trainyard.training.step.time",
      Kind.TIMER,
      Buckets.SHORT,
      "seconds",
      "Time of a training step, evaluations and checkpoints not counted; the mean since the last report, once for each of its steps.",
      "model_type",
      "accelerator"),
  TRAINING_STEPS(
      "trainyard.training.steps",
      Kind.COUNTER,
      "steps",
      "Training steps made, replayed ones included.",
      "model_type",
      "accelerator"),
  TRAINING_EXAMPLES_PER_SECOND(
      "trainyard.training.examples.per.second",
      Kind.GAUGE,
      "",
      "Images a second of what a slot is training now; NaN while it is not training.",
      "slot"),
  TRAINING_LOSS(
      "trainyard.training.loss",
      Kind.GAUGE,
      "",
      "Training loss last reported in a slot; NaN while it is not training.",
      "slot"),
  TRAINING_ACCURACY(
      "trainyard.training.accuracy",
      Kind.GAUGE,
      "",
      "Training accuracy last reported in a slot, 0 to 1; NaN while it is not training.",
      "slot"),
  EVALUATION_ACCURACY(
      "trainyard.evaluation.accuracy",
      Kind.GAUGE,
      "",
      "Accuracy of the last evaluation in a slot, 0 to 1; NaN before the first.",
      "slot"),
  CHECKPOINT_TIME(
      "trainyard.checkpoint.time",
      Kind.TIMER,
      Buckets.SHORT,
      "seconds",
      "Time to write a checkpoint, until it is durable; training goes on meanwhile.",
      "model_type"),
  CHECKPOINT_SIZE(
      "trainyard.checkpoint.size",
      Kind.SUMMARY,
      "bytes",
      "Size of the checkpoints written.",
      "model_type"),
  EXPORT_TIME(
      "trainyard.export.time",
      Kind.TIMER,
      Buckets.SHORT,
      "seconds",
      "Time between the end of a training and its SavedModel, checked.",
      "model_type"),
  TRAINER_CPU(
      "trainyard.trainer.cpu",
      Kind.COUNTER,
      "seconds",
      "Processor time of the trainer in a slot; it begins anew with each trainer.",
      "slot"),
  TRAINER_MEMORY(
      "trainyard.trainer.memory",
      Kind.GAUGE,
      "bytes",
      "Resident memory of the trainer in a slot; NaN where there is none, or the system does not say.",
      "slot"),
  SERVICE_CPU(
      "trainyard.service.cpu",
      Kind.COUNTER,
      "seconds",
      "Processor time of the service's own process; those of trainers and predictors are not in it."),
  WORKER_SLOTS("trainyard.worker.slots", Kind.GAUGE, "", "Worker slots by state.", "state"),
  WORKER_DEVICES(
      "trainyard.worker.devices",
      Kind.GAUGE,
      "",
      "Devices that TensorFlow found for training, by type.",
      "type"),
  STANDBY_TRAINERS(
      "trainyard.standby.trainers",
      Kind.GAUGE,
      "",
      "Trainer processes that were started ahead and wait for a job."),
  DATASET_CONVERSION(
      "trainyard.dataset.conversion",
      Kind.TIMER,
      Buckets.LONG,
      "seconds",
      "Time to convert an upload to TFRecord shards.",
      "outcome"),
  DATASET_CONVERSION_ACTIVE(
      "trainyard.dataset.conversion.active",
      Kind.LONG_TASK_TIMER,
      Buckets.LONG,
      "seconds",
      "Conversions that run now, and how long they have."),
  DATASET_IMAGES(
      "trainyard.dataset.images",
      Kind.COUNTER,
      "images",
      "Images read from uploads, by what became of them.",
      "outcome"),
  MODEL_DOWNLOADS(
      "trainyard.model.downloads",
      Kind.COUNTER,
      "downloads",
      "Downloads of model versions, or of one of their files, that were begun.",
      "format"),
  MODEL_DAMAGES(
      "trainyard.model.damages",
      Kind.COUNTER,
      "damages",
      "Times that files of a model version were found not to be what was registered.",
      "found_by"),
  STORAGE_USED(
      "trainyard.storage.used",
      Kind.GAUGE,
      "bytes",
      "Bytes of the files in the data folder, by what they are; counted every few minutes.",
      "what"),
  RETENTION_FREED(
      "trainyard.retention.freed",
      Kind.COUNTER,
      "bytes",
      "Bytes of files that were deleted because their time had come.",
      "what"),
  WAITING_REQUESTS(
      "trainyard.waiting.requests", Kind.GAUGE, "", "Requests with Prefer: wait=N that wait now."),
  EVENT_LISTENERS(
      "trainyard.event.listeners",
      Kind.GAUGE,
      "",
      "Clients that listen to events or follow a log now."),
  PREDICTIONS(
      "trainyard.predictions",
      Kind.TIMER,
      Buckets.SHORT,
      "seconds",
      "Time to answer a prediction request, loading the model included.",
      "dialect",
      "outcome"),
  PREDICTION_BATCH_SIZE(
      "trainyard.prediction.batch.size",
      Kind.SUMMARY,
      "rows",
      "Images, or other rows, that a model was asked together."),
  PREDICTION_QUEUE(
      "trainyard.prediction.queue",
      Kind.GAUGE,
      "",
      "Images, or other rows, that wait for a loaded model."),
  LOADED_MODELS(
      "trainyard.loaded.models", Kind.GAUGE, "", "Models that are loaded for prediction."),
  LOADED_MODELS_MEMORY(
      "trainyard.loaded.models.memory",
      Kind.GAUGE,
      "bytes",
      "Memory that the processes of the loaded models take together."),
  MODEL_LOAD_TIME(
      "trainyard.model.load.time",
      Kind.TIMER,
      Buckets.SHORT,
      "seconds",
      "Time to load a model for prediction, the start of its process included."),
  STANDBY_PREDICTORS(
      "trainyard.standby.predictors",
      Kind.GAUGE,
      "",
      "Predictor processes that were started ahead and wait for a model.");

  /** What Micrometer calls the meter. */
  public enum Kind {
    GAUGE,
    COUNTER,
    TIMER,
    LONG_TASK_TIMER,
    SUMMARY
  }

  /** The upper bounds of a timer's histogram: a fixed few, so that what is scraped stays small. */
  public enum Buckets {
    NONE(),
    /** Of what a caller or a step waits for. */
    SHORT(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
    /** Of what runs in the background. */
    LONG(1, 5, 15, 30, 60, 120, 300, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400);

    private final double[] seconds;

    Buckets(double... seconds) {
      this.seconds = seconds;
    }

    Duration[] bounds() {
      return Arrays.stream(seconds)
          .mapToObj(bound -> Duration.ofNanos(Math.round(bound * 1e9)))
          .toArray(Duration[]::new);
    }
  }

  private final String metricName;
  private final Kind kind;
  private final Buckets buckets;
  private final String unit;
  private final String description;
  private final List<String> tags;

  TrainyardMetric(String metricName, Kind kind, String unit, String description, String... tags) {
    this(metricName, kind, Buckets.NONE, unit, description, tags);
  }

  TrainyardMetric(
      String metricName,
      Kind kind,
      Buckets buckets,
      String unit,
      String description,
      String... tags) {
    this.metricName = metricName;
    this.kind = kind;
    this.buckets = buckets;
    this.unit = unit;
    this.description = description;
    this.tags = List.of(tags);
  }

  public String metricName() {
    return metricName;
  }

  public Kind kind() {
    return kind;
  }

  Buckets buckets() {
    return buckets;
  }

  /** The base unit, empty where the value has none. */
  public String unit() {
    return unit;
  }

  public String description() {
    return description;
  }

  public List<String> tags() {
    return tags;
  }
}
