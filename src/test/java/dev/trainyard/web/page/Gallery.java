package dev.trainyard.web.page;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.trainyard.ApiClient;
import dev.trainyard.TinyImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;

/** Every page in every state, at three widths, in both colours: to be looked at. */
final class Gallery {

  private static final int[] WIDTHS = {360, 820, 1440};
  private static final String NOTHING = "{\"items\": []}";

  private final ApiClient api;
  private final Page page;
  private final Path folder;

  Gallery(ApiClient api, Page page, Path folder) {
    this.api = api;
    this.page = page;
    this.folder = folder;
  }

  /** On a service that has the demo's flowers and nothing else in its queue. */
  void take() throws IOException {
    String shapes = dataset("shapes", shapes());
    dataset("broken", zip(Map.of("broken/a/1.jpg", text("no"), "broken/b/1.jpg", text("no"))));
    await().atMost(Duration.ofMinutes(2)).until(() -> count("datasets", "state=CONVERTING") == 0);
    String failed = job("shapes-too-slow", 100_000, 0.001, "PT3S");
    String smaller = job("shapes-small", 60, 0.0001, "PT1H");
    await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> count("jobs", "state=QUEUED,PREPARING,RUNNING") == 0);
    String running = job("shapes-long", 100_000, 0.001, "PT1H");
    await().atMost(Duration.ofMinutes(2)).until(() -> count("jobs", "state=RUNNING") == 1);
    String queued = job("shapes-waits", 600, 0.001, "PT1H");
    String cancelled = job("shapes-no-more", 600, 0.001, "PT1H");
    api.post("/api/v1/jobs/" + cancelled + "/cancel", "");
    String done = first("jobs", "state=SUCCEEDED&name=flowers-cnn");
    String flowers = "#/datasets/" + first("datasets", "name=flowers");
    String broken = "#/datasets/" + first("datasets", "name=broken");

    take("overview", "#/");
    take("jobs", "#/jobs");
    take("jobs-none-such", "#/jobs?name=nothing-has-this-name");
    take("job-running", "#/jobs/" + running);
    take("job-queued", "#/jobs/" + queued);
    take("job-failed", "#/jobs/" + failed);
    take("job-cancelled", "#/jobs/" + cancelled);
    for (String tab : List.of("log", "evaluation", "history", "spec")) {
      take("job-succeeded-" + tab, "#/jobs/" + done + "?tab=" + tab);
    }
    take("job-zoomed", "#/jobs/" + done, this::zoom);
    take("new-job", "#/new?dataset=flowers");
    take("new-job-refused", "#/new?dataset=shapes", this::submitNonsense);
    take("datasets", "#/datasets");
    take("dataset-failed", broken);
    for (String tab : List.of("report", "sheet")) {
      take("dataset-" + tab, flowers + "?tab=" + tab);
    }
    for (String tab : List.of("quarantine", "duplicates")) {
      take("dataset-" + tab, "#/datasets/" + shapes + "?tab=" + tab);
    }
    take("models", "#/models");
    take("model", "#/models/flowers");
    take("model-card", "#/models/flowers?tab=card");
    take("model-files", "#/models/flowers?tab=files");
    take("model-prediction", "#/models/flowers", this::predict);
    take("compare", "#/compare?jobs=" + String.join(",", smaller, running, failed, done));
    take("compare-none", "#/compare");
    take("no-such-page", "#/no-such-page");
    take("no-such-job", "#/jobs/nope");
    take("no-such-dataset", "#/datasets/nope");
    take("no-such-model", "#/models/nope");

    List<String> lists = List.of("#/", "#/jobs", "#/datasets", "#/models", "#/compare", "#/new");
    when("empty", lists, route -> route.fulfill(json(200, NOTHING)));
    when("loading", lists, route -> {});
    when("error", lists, route -> route.fulfill(json(500, "{\"title\": \"Internal error\"}")));
    when("unreachable", lists, Route::abort);
    take(
        "job-unreachable-later",
        "#/jobs/" + done,
        it -> {
          it.route("**/api/v1/**", Route::abort);
          it.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        });
    page.unroute("**/api/v1/**");
    api.post("/api/v1/jobs/" + queued + "/cancel", "");
    api.post("/api/v1/jobs/" + running + "/cancel", "");
  }

  private void when(String state, List<String> addresses, Consumer<Route> answer) {
    page.route("**/api/v1/**", answer);
    for (String address : addresses) {
      String name = address.length() == 2 ? "overview" : address.substring(2);
      take(state + "-" + name, address);
    }
    page.unroute("**/api/v1/**");
  }

  private void take(String name, String address) {
    take(name, address, it -> {});
  }

  private void take(String name, String address, Consumer<Page> before) {
    page.setViewportSize(WIDTHS[2], 900);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.navigate("about:blank");
    page.navigate(api.uri("/") + address);
    page.locator("main .page > *").first().waitFor();
    page.waitForTimeout(800); // what is asked for has come, and charts have their size
    before.accept(page);
    for (int width : WIDTHS) {
      page.setViewportSize(width, 900);
      for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
        page.waitForTimeout(250);
        String file = name + "-" + width + "-" + colours.name().toLowerCase(Locale.ROOT);
        page.screenshot(
            new ScreenshotOptions().setPath(folder.resolve(file + ".png")).setFullPage(true));
      }
    }
  }

  private void submitNonsense(Page form) {
    form.locator("[data-path='training.batchSize']").fill("-1");
    form.getByText("Submit the job").click();
    form.locator("[data-field='training.batchSize'] .error").waitFor();
  }

  private void zoom(Page job) {
    for (String chart : List.of("loss", "accuracy")) {
      job.locator("ty-chart[data-key=" + chart + "] .plot").press("+");
    }
    job.locator(".whole:visible").nth(1).waitFor();
  }

  private void predict(Page model) {
    model.setInputFiles("#image", new FilePayload("ring.jpg", "image/jpeg", TinyImages.jpeg(2, 7)));
    model.locator(".predictions").waitFor();
  }

  private static Route.FulfillOptions json(int status, String body) {
    return new Route.FulfillOptions()
        .setStatus(status)
        .setContentType("application/json")
        .setBody(body);
  }

  private String job(String name, int steps, double learningRate, String maxDuration) {
    return id(
        api.post(
                "/api/v1/jobs",
                """
                {"name": "%s", "dataset": "shapes", "model": {"type": "cnn"},
                 "input": {"height": 32, "width": 32}, "scheduling": {"maxDuration": "%s"},
                 "training": {"batchSize": 16, "steps": %d, "stepsPerEvaluation": 50,
                              "optimizer": {"type": "adam", "learningRate": %s}}}
                """
                    .formatted(name, maxDuration, steps, learningRate))
            .json());
  }

  private String dataset(String name, byte[] archive) {
    return id(api.upload("/api/v1/datasets", name + ".zip", archive, Map.of("name", name)).json());
  }

  private static String id(JsonNode made) {
    return made.get("id").asString();
  }

  private int count(String list, String query) {
    return api.get("/api/v1/" + list + "?" + query).json().get("items").size();
  }

  private String first(String list, String query) {
    return api.get("/api/v1/" + list + "?" + query).json().at("/items/0/id").asString();
  }

  /** Three classes, of which some images are no images, and some are there twice. */
  private static byte[] shapes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int kind = 0; kind < TinyImages.LABELS.length; kind++) {
        for (int n = 0; n < 60; n++) {
          int seed = n < 55 ? n : n - 50;
          boolean whole = n % 29 != 28;
          put(
              zip,
              "shapes/" + TinyImages.LABELS[kind] + "/" + n + ".jpg",
              whole ? TinyImages.jpeg(kind, kind * 10_007L + seed) : text("no image"));
        }
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        put(zip, file.getKey(), file.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
