package dev.trainyard.web.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotType;
import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Makes the pictures of {@code src/docs/images}, of the demo's flowers, and then those of every
 * page in {@code target/pages}. Not among the tests: {@code ./mvnw test -Dtest=PageScreenshots}.
 */
@Tag("h2")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "trainyard.demo.enabled=true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageScreenshots {

  private static final Path data = TemporaryData.folder();
  private static final Path images = Path.of("src/docs/images");
  private static final long LARGEST = 150_000; // bytes of one, so that the repository stays small

  private static final String JOB =
      """
      {"name": "%s", "dataset": "flowers", "register": {"model": "flowers"},
       "model": {"type": "cnn", "batchNorm": true, "dropout": 0.25, "filters1": 16, "filters2": 32},
       "input": {"height": 80, "width": 80},
       "training": {"batchSize": 32, "steps": %d, "stepsPerEvaluation": 50, "seed": 2,
                    "optimizer": {"type": "adam", "learningRate": 0.001},
                    "schedule": {"type": "cosine", "duration": %2$d}}}
      """;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @Test
  @Order(1)
  void each_page_is_pictured(@LocalServerPort int port) throws IOException {
    ApiClient api = new ApiClient(port);
    await()
        .atMost(Duration.ofMinutes(10))
        .until(() -> api.get("/api/v1/models/flowers").status() == 200);
    String running = submit(api, "flowers-wide", 1500);
    String again = submit(api, "flowers-again", 600);
    String later = submit(api, "flowers-later", 600);
    String done = "#/jobs/" + first(api, "/api/v1/jobs?state=SUCCEEDED");
    String dataset = "#/datasets/" + first(api, "/api/v1/datasets");
    try (Chromium chromium = Chromium.start(Chromium.installed().orElseThrow())) {
      Page page = chromium.page();
      String root = api.uri("/").toString();
      Chromium.signIn(page, root);
      page.setViewportSize(1280, 860);
      open(page, root + "#/jobs/" + running);
      assertThat(page.locator("ty-chart[data-key=loss] .plot[aria-label*='at step 150']"))
          .isVisible(new IsVisibleOptions().setTimeout(120_000));
      picture(page, "web-job");
      picture(page, root + "#/", "web-overview");
      picture(page, root + "#/new?dataset=flowers", "web-new-job");
      picture(page, root + dataset, "web-dataset");
      picture(
          page,
          root + "#/compare?metric=val_loss&jobs=" + done.substring(7) + "," + running,
          "web-compare");
      open(page, root + "#/models/flowers");
      page.setInputFiles("#image", data.resolve("demo/tulips.jpg"));
      page.locator(".predictions").waitFor();
      picture(page, "web-model");
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      open(page, root + done + "?tab=evaluation");
      page.locator("[role=tablist]").evaluate("it => scrollTo(0, it.offsetTop - 80)");
      picture(page, "web-evaluation-dark");
      page.setViewportSize(360, 740);
      picture(page, root + "#/", "web-phone-dark");
    }
    for (String job : List.of(later, again, running)) {
      api.post("/api/v1/jobs/" + job + "/cancel", "");
    }
  }

  @Test
  @Order(2)
  void every_state_is_pictured_at_three_widths(@LocalServerPort int port) throws IOException {
    Path folder = Files.createDirectories(Path.of("target/pages"));
    try (Chromium chromium = Chromium.start(Chromium.installed().orElseThrow())) {
      new Gallery(new ApiClient(port), chromium.page(), folder).take();
    }
  }

  private static void picture(Page page, String address, String name) throws IOException {
    open(page, address);
    picture(page, name);
  }

  private static void picture(Page page, String name) throws IOException {
    page.waitForTimeout(1000); // a chart has its size a moment after the page
    boolean photographs = name.equals("web-model");
    Path file = images.resolve(name + (photographs ? ".jpg" : ".png"));
    ScreenshotOptions options = new ScreenshotOptions().setPath(file);
    page.screenshot(photographs ? options.setType(ScreenshotType.JPEG).setQuality(85) : options);
    assertThat(Files.size(file)).as(name).isLessThan(LARGEST);
  }

  private static void open(Page page, String address) {
    page.navigate("about:blank");
    page.navigate(address);
    page.locator("h1").waitFor();
  }

  private static String submit(ApiClient api, String name, int steps) {
    Answer answer = api.post("/api/v1/jobs", JOB.formatted(name, steps));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json().get("id").asString();
  }

  private static String first(ApiClient api, String path) {
    return api.get(path).json().at("/items/0/id").asString();
  }
}
