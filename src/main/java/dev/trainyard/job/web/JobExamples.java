package dev.trainyard.job.web;

/** The OpenAPI document's examples. */
final class JobExamples {

  static final String SPEC =
      """
      {"name": "flowers-cnn", "dataset": "flowers",
       "model": {"type": "cnn", "batchNorm": true, "dropout": 0.25},
       "input": {"height": 96, "width": 96},
       "training": {"batchSize": 32, "steps": 300, "stepsPerEvaluation": 100, "seed": 1,
                    "optimizer": {"type": "adam", "learningRate": 0.001}},
       "accelerator": {"type": "CPU"}, "register": {"model": "flowers"}}
      """;

  static final String CHANGES =
      """
      {"name": "flowers-cnn-slower", "training": {"steps": 600, "optimizer": {"learningRate": 0.0005}},
       "scheduling": {"priority": 5}}
      """;

  private static final String JOB_HEAD =
      """
      {"id": "0b7c3f0e-6a0e-4c58-9a3c-2f1d2b3c4d5e", "name": "flowers-cnn", "project": "default",
       "submitter": "local",
       "traceId": "4bf92f3577b34da6a3ce929d0e0e4736",
       "spec": {"name": "flowers-cnn", "dataset": "flowers", "model": {"type": "cnn"}},
       "dataset": {"id": "5d1c...", "name": "flowers", "version": 1},
      """;

  static final String QUEUED =
      JOB_HEAD
          + """
           "status": {"state": "QUEUED", "attempt": 0, "priority": 0,
                      "waiting": {"position": 1, "reason": "WORKERS_BUSY",
                                  "message": "The worker that can run it is busy."},
                      "progress": {"step": 0, "totalSteps": 300, "percent": 0.0},
                      "transitions": [{"state": "QUEUED", "time": "2026-11-23T10:00:00Z", "attempt": 0}],
                      "attempts": []},
           "createTime": "2026-11-23T10:00:00Z"}
          """;

  static final String VALID =
      """
      {"valid": true, "spec": {"name": "flowers-cnn", "dataset": "flowers", "model": {"type": "cnn"}},
       "preflight": {
         "trial": {"result": "COMPLETE", "steps": 24, "device": "CPU, 2 threads", "tensorflowVersion": "2.18.0"},
         "dataset": {"id": "5d1c...", "name": "flowers", "version": 1, "classes": 5,
                     "trainExamples": 1350, "validationExamples": 150, "warnings": []},
         "parameters": 3464805,
         "memory": {"estimatedBytes": 58720256, "measuredPeakBytes": 612368384,
                    "availableBytes": 16106127360, "largestBatchSize": 1350},
         "secondsPerStep": 0.0471, "examplesPerSecond": 679.4, "totalSteps": 300,
         "estimatedDuration": "PT17.6S",
         "durations": {"start": "PT1.9S", "training": "PT14.1S", "evaluations": "PT0.5S",
                       "checkpoints": "PT0.2S", "export": "PT0.9S"},
         "disk": {"checkpointBytes": 41583104, "keptCheckpointsBytes": 166332416, "modelBytes": 13912064,
                  "totalBytes": 180244480, "availableBytes": 51539607552},
         "warnings": []}}
      """;

  static final String RUNNING =
      JOB_HEAD
          + """
           "status": {"state": "RUNNING", "phase": "TRAINING", "attempt": 1,
                      "worker": "trainer-1-4711-k3x9q", "priority": 0,
                      "progress": {"step": 120, "totalSteps": 300, "percent": 40.0,
                                   "examplesPerSecond": 310.5, "eta": "PT19S"},
                      "metrics": {"loss": 0.41, "accuracy": 0.87, "learningRate": 0.001,
                                  "evaluation": {"step": 100, "loss": 0.52, "accuracy": 0.81,
                                                 "precision": 0.82, "recall": 0.81, "f1": 0.808,
                                                 "examples": 150, "leftOut": 0}},
                      "transitions": [{"state": "QUEUED", "time": "2026-11-23T10:00:00Z", "attempt": 0},
                                      {"state": "PREPARING", "time": "2026-11-23T10:00:01Z", "attempt": 1},
                                      {"state": "RUNNING", "time": "2026-11-23T10:00:03Z", "attempt": 1}],
                      "attempts": [{"number": 1, "worker": "trainer-1-4711-k3x9q",
                                    "startTime": "2026-11-23T10:00:01Z", "fromStep": 0, "toStep": 120,
                                    "stepsDone": 120, "stepsRedone": 0}]},
           "createTime": "2026-11-23T10:00:00Z"}
          """;

  private static final String STOPPING =
      """
                      "attempt": 1, "priority": 0,
                      "progress": {"step": 120, "totalSteps": 300, "percent": 40.0},
                      "transitions": [], "attempts": []},
           "createTime": "2026-11-23T10:00:00Z"}
      """;

  static final String CANCELLING =
      JOB_HEAD
          + "\"status\": {\"state\": \"CANCELLING\", \"reason\": \"CANCELLED_BY_USER\","
          + STOPPING;

  static final String PAUSING =
      JOB_HEAD + "\"status\": {\"state\": \"PAUSING\", \"reason\": \"PAUSED_BY_USER\"," + STOPPING;

  static final String PAGE = "{\"items\": [" + RUNNING + "], \"nextPageToken\": \"MjAyNi0x...\"}";

  static final String EVENTS =
      """
      retry: 2000
      id: 4710

      id: 4710
      event: snapshot
      data: {"jobId": "0b7c3f0e-6a0e-4c58-9a3c-2f1d2b3c4d5e", "name": "flowers-cnn", "state": "PREPARING", "attempt": 1, "progress": {"step": 0, "totalSteps": 300, "percent": 0.0}}

      id: 4711
      event: progress
      data: {"jobId": "0b7c3f0e-6a0e-4c58-9a3c-2f1d2b3c4d5e", "name": "flowers-cnn", "state": "RUNNING", "phase": "TRAINING", "attempt": 1, "progress": {"step": 120, "totalSteps": 300, "percent": 40.0, "examplesPerSecond": 310.5, "eta": "PT19S"}, "metrics": {"loss": 0.41, "accuracy": 0.87, "learningRate": 0.001}, "time": "2026-11-23T10:00:10Z"}

      id: 4790
      event: end
      data: {"jobId": "0b7c3f0e-6a0e-4c58-9a3c-2f1d2b3c4d5e", "state": "SUCCEEDED"}

      """;

  static final String LOG =
      """
      2026-11-23T10:00:03.071Z [trainer] starting from scratch, 300 steps to reach, 3,464,805 parameters, CPU, TensorFlow 2.18.0
      2026-11-23T10:00:10.113Z [trainer] step 120/300 loss 0.4103 accuracy 0.866 learning rate 0.001 310.5 images/s
      """;

  static final String SERIES =
      """
      {"loss": {"points": [{"step": 1, "value": 1.61, "time": "2026-11-23T10:00:03Z"}]},
       "val_accuracy": {"points": [{"step": 100, "value": 0.81, "time": "2026-11-23T10:00:20Z"}]}}
      """;

  static final String CURVES =
      """
      {"loss": {"points": [{"step": 1, "value": 1.61, "time": "2026-11-23T10:00:03Z"},
                           {"step": 940, "value": 0.19, "time": "2026-11-23T10:02:12Z"},
                           {"step": 1000, "value": 0.22, "time": "2026-11-23T10:02:20Z"}],
                "downsampled": true}}
      """;

  static final String CURVES_CSV =
      """
      name,step,value,time
      loss,1,1.61,2026-11-23T10:00:03Z
      loss,2,1.58,2026-11-23T10:00:04Z
      """;

  static final String EVALUATIONS =
      """
      {"items": [
          {"step": 100, "time": "2026-11-23T10:00:20Z",
           "metrics": {"loss": 0.27, "accuracy": 0.9, "precision": 0.9167, "recall": 0.9,
                       "f1_score": 0.899},
           "examples": 10, "leftOut": 0,
           "classes": [{"label": "daisy", "precision": 1.0, "recall": 0.8, "f1": 0.8889, "support": 5},
                       {"label": "tulips", "precision": 0.8333, "recall": 1.0, "f1": 0.9091, "support": 5}],
           "confusionMatrix": [[4, 1], [0, 5]]}]}
      """;

  static final String CHECKPOINTS =
      """
      {"items": [{"step": 200, "bytes": 5512984, "time": "2026-11-23T10:00:31Z"},
                 {"step": 100, "bytes": 5512984, "time": "2026-11-23T10:00:20Z"}]}
      """;

  private JobExamples() {}
}
