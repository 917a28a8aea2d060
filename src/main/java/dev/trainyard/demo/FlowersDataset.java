package dev.trainyard.demo;

import dev.trainyard.demo.client.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The dataset named {@code flowers}: the one that is there, or one that is drawn and uploaded. */
final class FlowersDataset {

  static final String NAME = "flowers";
  private static final String PATH = "/api/v1/datasets/";
  private static final String HELD_OUT = "0.2";
  private static final long SEED = 1;

  private final ApiClient api;
  private final Screen screen;
  private final Waiting waiting;
  private final int imagesPerKind;

  FlowersDataset(ApiClient api, Screen screen, Waiting waiting, int imagesPerKind) {
    this.api = api;
    this.screen = screen;
    this.waiting = waiting;
    this.imagesPerKind = imagesPerKind;
  }

  /** Returns the dataset once it is READY. */
  JsonNode ready() throws IOException, InterruptedException, DemoFailedException {
    Optional<JsonNode> there = api.find(PATH + NAME).filter(dataset -> !state(dataset, "FAILED"));
    JsonNode begun = there.isPresent() ? there.get() : upload();
    JsonNode dataset =
        waiting.until(
            api,
            PATH + begun.path("id").asString(),
            answer -> state(answer, "READY") || state(answer, "FAILED"),
            answer -> {
              if (state(answer, "CONVERTING")) {
                screen.status(converting(answer.path("progress")));
              }
            });
    if (state(dataset, "FAILED")) {
      throw new DemoFailedException(
          "The dataset could not be converted: "
              + dataset.path("message").asString("no reason was given")
              + " See "
              + api.address(PATH + dataset.path("id").asString()));
    }
    show(dataset, there.isPresent());
    return dataset;
  }

  private JsonNode upload() throws IOException, InterruptedException {
    Path zip = Files.createTempFile("flowers", ".zip");
    try {
      screen.status("  drawing %,d pictures of flowers ...".formatted(5 * imagesPerKind));
      long start = System.nanoTime();
      new FlowerArchive(SEED, imagesPerKind).write(zip);
      screen.line(
          "  drew %,d JPEGs in %.1f s; uploading %.1f MB",
          5 * imagesPerKind, (System.nanoTime() - start) / 1e9, Files.size(zip) / 1e6);
      return api.upload(
          "/api/v1/datasets", Map.of("name", NAME, "validationFraction", HELD_OUT), zip);
    } finally {
      Files.deleteIfExists(zip);
    }
  }

  private void show(JsonNode dataset, boolean wasThere) {
    screen.line(
        "  dataset %s, version %d: %s",
        dataset.path("name").asString(),
        dataset.path("version").asInt(),
        wasThere ? "already there, nothing to draw" : "ready");
    for (JsonNode label : dataset.path("classes")) {
      screen.line(
          "    %-12s %,6d to learn from %,6d held out",
          label.path("label").asString(),
          label.path("train").asInt(),
          label.path("validation").asInt());
    }
  }

  private static String converting(JsonNode progress) {
    long total = progress.path("imagesTotal").asLong(0);
    String done = total == 0 ? "" : " " + progress.path("imagesDone").asLong() + "/" + total;
    return "  converting to TFRecords" + done + " ...";
  }

  private static boolean state(JsonNode dataset, String state) {
    return dataset.path("state").asString("").equals(state);
  }
}
