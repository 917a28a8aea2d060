package dev.trainyard.demo;

import dev.trainyard.demo.client.ApiClient;
import dev.trainyard.demo.client.ApiException;
import dev.trainyard.demo.painting.FlowerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** The README's main job from end to end, told on the screen as it goes. */
final class MainJob {

  /**
   * @param folder where sample pictures to predict are put
   * @param token the file of the service's own
   * @param imagesPerKind to draw when there is no dataset yet
   */
  record Setting(Path folder, Path token, int imagesPerKind, Waiting waiting) {

    static Setting of(DemoProperties properties, Path dataDir, Path token) {
      Waiting waiting = new Waiting(Duration.ofMillis(500), properties.timeout());
      return new Setting(dataDir.resolve("demo"), token, 300, waiting);
    }
  }

  /** Of the sample pictures: none of them is in the dataset. */
  private static final long SAMPLE_SEED = 2;

  private final ApiClient api;
  private final Screen screen;
  private final Setting setting;

  MainJob(ApiClient api, Screen screen, Setting setting) {
    this.api = api;
    this.screen = screen;
    this.setting = setting;
  }

  /** Plays it; a failure is told, not thrown, for the service goes on serving. */
  void play() {
    long start = System.nanoTime();
    try {
      screen.line("%nTrainyard demo: a network learns to tell five kinds of flowers apart%n");
      new FlowersDataset(api, screen, setting.waiting(), setting.imagesPerKind()).ready();
      JsonNode job = new FlowersJob(api, screen, setting.waiting()).succeeded();
      present(job, Duration.ofNanos(System.nanoTime() - start));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the service is shutting down
      return;
    } catch (DemoFailedException | ApiException e) {
      screen.line("%nThe demo failed. %s", String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      screen.line("%nThe demo failed. %s", e); // unforeseen: its type says more than its message
    }
    screen.line("%nThe service goes on serving at %s; Ctrl-C ends it.", api.address("/"));
  }

  private void present(JsonNode job, Duration taken) throws IOException {
    JsonNode status = job.path("status");
    String name = status.path("model").path("name").asString(FlowersDataset.NAME);
    int version = status.path("model").path("version").asInt();
    String path = "/api/v1/models/" + name + "/versions/" + version;
    screen.line(
        "%nModel %s, version %d: %.1f %% of the held-out images right; all in %d s",
        name,
        version,
        100 * status.path("metrics").path("evaluation").path("accuracy").asDouble(Double.NaN),
        taken.toSeconds());
    String download = api.address(path + "/download?format=zip").toString();
    screen.line("%nIts SavedModel is at%n  %s", download);
    screen.line("Download it:%n  %s -OJ '%s'", curl(), download);
    screen.line(
        "Ask it what it sees:%n  %s %s -d \"%s\"",
        curl(),
        api.address("/v1/models/" + name + ":predict"),
        "{\\\"instances\\\": [{\\\"image_bytes\\\": {\\\"b64\\\": \\\"$(base64 < '"
            + samples()
            + "' | tr -d '\\n')\\\"}}]}");
  }

  private String curl() {
    Path token = setting.token().toAbsolutePath().normalize();
    return "curl -H \"Authorization: Bearer $(cat '" + token + "')\"";
  }

  /** Writes a picture of each kind, to try; returns the one of tulips. */
  private Path samples() throws IOException {
    Files.createDirectories(setting.folder());
    FlowerArchive archive = new FlowerArchive(SAMPLE_SEED, 1);
    for (FlowerKind kind : FlowerKind.values()) {
      Files.write(setting.folder().resolve(kind.label() + ".jpg"), archive.jpeg(kind, 0));
    }
    return setting.folder().resolve("tulips.jpg").normalize();
  }
}
