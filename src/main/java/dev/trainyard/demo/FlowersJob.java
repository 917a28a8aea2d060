package dev.trainyard.demo;

import dev.trainyard.demo.client.ApiClient;
import java.io.IOException;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The job of the README: submitted, and watched until it ends. */
final class FlowersJob {

  private static final String PATH = "/api/v1/jobs";
  private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

  private static final String SPEC =
      """
      {"name": "flowers-cnn", "dataset": "flowers",
       "model": {"type": "cnn", "batchNorm": true, "dropout": 0.25},
       "input": {"height": 96, "width": 96},
       "training": {"batchSize": 32, "steps": 300, "stepsPerEvaluation": 100, "seed": 1,
                    "optimizer": {"type": "adam", "learningRate": 0.001}},
       "accelerator": {"type": "CPU"}, "register": {"model": "flowers"}}
      """;

  private final ApiClient api;
  private final Screen screen;
  private final Waiting waiting;

  FlowersJob(ApiClient api, Screen screen, Waiting waiting) {
    this.api = api;
    this.screen = screen;
    this.waiting = waiting;
  }

  /** Returns the job once it has SUCCEEDED. */
  JsonNode succeeded() throws IOException, InterruptedException, DemoFailedException {
    JsonNode submitted = api.post(PATH, JsonMapper.shared().readTree(SPEC));
    String path = PATH + "/" + submitted.path("id").asString();
    screen.line("  job %s", api.address(path));
    JsonNode job =
        waiting.until(
            api, path, answer -> ENDED.contains(state(answer)), new ProgressReport(screen)::show);
    if (!state(job).equals("SUCCEEDED")) {
      throw new DemoFailedException(
          "The job ended as %s: %s See its log, %s"
              .formatted(
                  state(job),
                  job.path("status").path("message").asString("no reason was given."),
                  api.address(path + "/log")));
    }
    return job;
  }

  private static String state(JsonNode job) {
    return job.path("status").path("state").asString("");
  }
}
