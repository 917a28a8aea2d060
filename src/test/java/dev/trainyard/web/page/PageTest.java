package dev.trainyard.web.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import dev.trainyard.TestToken;
import dev.trainyard.TinyImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The web page, as a person uses it in a real browser, and as the server sends it. */
@Tag("h2")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "trainyard.worker.poll-interval=100ms",
      "trainyard.worker.standby-trainers=0",
      "trainyard.model.standby-predictors=0"
    })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageTest {

  private static final Path data = TemporaryData.folder();
  private static final double SECONDS = 1000;

  private final List<String> complaints = new ArrayList<>();
  private ApiClient api;
  private Chromium chromium;
  private Page page;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @BeforeAll
  void start(@LocalServerPort int port) {
    api = new ApiClient(port);
    Chromium.installed()
        .ifPresent(
            executable -> {
              chromium = Chromium.start(executable);
              page = chromium.page();
              page.setDefaultTimeout(30 * SECONDS);
              setDefaultAssertionTimeout(30 * SECONDS);
              page.onPageError(complaints::add);
              page.onConsoleMessage(
                  message -> {
                    if (message.text().matches("(?s).*(Content Security Policy|Trusted).*")) {
                      complaints.add(message.text());
                    }
                  });
              Chromium.signIn(page, api.uri("/").toString());
            });
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void nothing_was_refused_or_failed() {
    assertThat(complaints).isEmpty();
  }

  @Test
  @Order(9)
  void who_is_not_signed_in_is_asked_for_a_token_first() {
    Chromium.needed(page);
    page.navigate(api.uri("/").toString() + "#/models");
    page.getByText("Sign out").click();
    assertThat(page.getByLabel("Token")).isVisible();
    page.navigate(api.uri("/").toString() + "#/models");
    page.getByLabel("Token").fill("a guess");
    button("Sign in").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("no token of this service");
    assertThat(page.getByLabel("Token")).isFocused();
    page.getByLabel("Token").fill(TestToken.VALUE);
    button("Sign in").click();
    assertThat(page.locator("h1").first()).hasText("Models");
    assertThat(page.getByText("local (admin)")).isVisible();
  }

  @Test
  @Order(1)
  void a_dataset_is_uploaded_and_its_report_seen() {
    open("#/datasets");
    assertThat(page.getByText("No datasets yet")).isVisible();
    page.setInputFiles(
        "#archive", new FilePayload("shapes.zip", "application/zip", TinyImages.zip(60, 1)));
    assertThat(page.getByLabel("Name")).hasValue("shapes");
    page.getByLabel("Name").fill("Shapes!");
    button("Upload").click();
    assertThat(page.locator("[data-field=name] .error")).containsText("lower-case");
    page.getByLabel("Name").fill("shapes");
    button("Upload").click();
    assertThat(page.locator("h1 [data-state=READY]")).isVisible();
    assertThat(page.getByRole(AriaRole.ROW, named("bar"))).containsText("54");
    tab("Contact sheet").click();
    assertThat(page.locator(".sheet img")).hasJSProperty("complete", true);
    tab("Quarantine").click();
    assertThat(page.getByText("Nothing was set aside")).isVisible();
  }

  @Test
  @Order(2)
  void a_job_is_submitted_by_the_form_and_its_curve_moves() {
    open("#/new?dataset=shapes");
    fill("name", "shapes-cnn");
    fill("input.height", "32");
    fill("input.width", "32");
    fill("model.units", "32");
    fill("training.steps", "400");
    fill("training.batchSize", "-1");
    assertThat(page.getByLabel("The same with curl"))
        .containsText(Pattern.compile("/api/v1/jobs\" .*\"batchSize\": -1", Pattern.DOTALL));
    button("Submit the job").click();
    Locator wrong = page.locator("[data-field='training.batchSize']");
    assertThat(wrong.locator(".error")).containsText("greater than or equal to 1");
    assertThat(wrong.locator("input")).isFocused();

    fill("training.batchSize", "16");
    button("Submit the job").click();
    assertThat(page.locator("h1")).containsText("shapes-cnn");
    Locator loss = page.locator("ty-chart[data-key=loss] .plot");
    Pattern moving = Pattern.compile("Loss by step. training: .* at step \\d+.*");
    assertThat(loss).hasAttribute("aria-label", moving);
    String first = loss.getAttribute("aria-label");
    assertThat(loss)
        .not()
        .hasAttribute("aria-label", first); // without a reload: it moves by itself
    assertThat(page.locator("ty-chart[data-key=loss] canvas")).isVisible();
    assertThat(page.locator("h1 [data-state=SUCCEEDED]")).isVisible();
    assertThat(loss).hasAttribute("aria-label", Pattern.compile(".*at step 400.*"));
    page.locator("ty-chart[data-key=loss] summary").click();
    assertThat(page.locator("ty-chart[data-key=loss] tbody tr").first()).containsText("400");
    assertThat(page.locator("ty-log .log")).containsText("exported");
    tab("Evaluation").press("Enter");
    assertThat(page.locator(".matrix tbody tr")).hasCount(3);
    tab("History").press("Enter");
    assertThat(page.getByLabel("Checkpoints").getByRole(AriaRole.ROW).nth(1))
        .containsText(Pattern.compile("400.* [kM]B"));

    List<String> asked = new ArrayList<>();
    page.onRequest(request -> asked.add(request.url()));
    loss.press("+");
    assertThat(page.locator("ty-chart[data-key=loss] .whole")).containsText("Steps 100 to");
    assertThat(asked).anyMatch(url -> url.matches(".*/metrics.names=loss&from=\\d+&to=\\d+&.*"));
    button("All steps").click();
    assertThat(loss).hasAttribute("aria-label", Pattern.compile(".*at step 400.*"));
    page.reload();
    assertThat(loss).hasAttribute("aria-label", Pattern.compile(".*at step 400.*"));
    assertThat(asked.stream().filter(url -> url.contains("/metrics")))
        .as("no more than can be seen")
        .isNotEmpty()
        .allMatch(url -> url.contains("points="));
  }

  @Test
  @Order(3)
  void a_job_is_cancelled() {
    Answer long_ =
        api.post(
            "/api/v1/jobs",
            """
            {"name": "never-ends", "dataset": "shapes", "model": {"type": "linear"},
             "input": {"height": 32, "width": 32}, "training": {"batchSize": 16, "steps": 10000000}}
            """);
    assertThat(long_.status()).as(long_.text()).isEqualTo(202);
    open("#/");
    page.locator("#main").getByText("never-ends").first().click();
    assertThat(page.locator("h1 [data-state=RUNNING]")).isVisible();
    button("Cancel").click();
    page.getByRole(AriaRole.DIALOG).getByText("Cancel it").click();
    assertThat(page.locator("h1 [data-state=CANCELLED]")).isVisible();
    assertThat(button("Retry")).isVisible();
  }

  @Test
  @Order(4)
  void a_model_is_downloaded_and_its_alias_set() throws IOException {
    open("#/models");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("shapes")).click();
    Download download = page.waitForDownload(() -> page.getByText("Download zip").click());
    try (InputStream stream = download.createReadStream()) {
      assertThat(stream.readAllBytes())
          .isEqualTo(api.get("/api/v1/models/shapes/versions/1/download?format=zip").bytes());
    }
    page.getByLabel("New alias", new Page.GetByLabelOptions().setExact(true)).fill("champion");
    button("Set").click();
    assertThat(page.locator("h1 + .note")).containsText("champion");
    assertThat(api.get("/api/v1/models/shapes/aliases/champion").json().get("version").asInt())
        .isEqualTo(1);
  }

  @Test
  @Order(5)
  void an_image_that_is_dropped_is_classified() {
    open("#/models/shapes");
    JSHandle dropped =
        page.evaluateHandle(
            """
            b64 => {
              const transfer = new DataTransfer();
              const bytes = Uint8Array.from(atob(b64), it => it.charCodeAt(0));
              transfer.items.add(new File([bytes], 'ring.jpg', { type: 'image/jpeg' }));
              return transfer;
            }
            """,
            Base64.getEncoder().encodeToString(TinyImages.jpeg(2, 999)));
    page.locator("label[for=image]").dispatchEvent("drop", Map.of("dataTransfer", dropped));
    assertThat(page.locator(".predictions tbody tr")).hasCount(3);
    assertThat(page.locator(".predictions .first"))
        .containsText(Pattern.compile("(bar|disc|ring).*%"));
    assertThat(page.locator(".preview")).hasJSProperty("naturalWidth", 48);
  }

  @Test
  @Order(6)
  void events_are_understood_wherever_the_stream_is_cut() {
    open("#/");
    Object heard =
        page.evaluate(
            """
            async () => {
              const { parser } = await import('/js/eventstream.js');
              const stream = 'id: 7\\nevent: progress\\ndata: {"a":\\ndata: 1}\\n\\n: heartbeat\\n\\ndata: x\\r\\n\\r\\n';
              const heard = [];
              for (let cut = 0; cut <= stream.length; cut++) {
                const events = [];
                const parse = parser(it => events.push(it));
                parse(stream.slice(0, cut));
                parse(stream.slice(cut));
                heard.push(JSON.stringify(events));
              }
              return [...new Set(heard)];
            }
            """);
    assertThat(heard)
        .isEqualTo(
            List.of(
                "[{\"id\":\"7\",\"type\":\"progress\",\"data\":\"{\\\"a\\\":\\n1}\"},"
                    + "{\"id\":null,\"type\":\"message\",\"data\":\"x\"}]"));
  }

  @Test
  @Order(7)
  void every_page_is_accessible_in_both_colours_and_fits_a_phone() {
    String dataset = "#/datasets/" + id("/api/v1/datasets");
    String job = "#/jobs/" + id("/api/v1/jobs?state=SUCCEEDED");
    List<String> pages =
        List.of(
            "#/",
            "#/jobs",
            job,
            job + "?tab=evaluation",
            job + "?tab=history",
            "#/new",
            "#/datasets",
            dataset,
            dataset + "?tab=quarantine",
            "#/models",
            "#/models/shapes",
            "#/models/shapes?tab=card",
            "#/compare?jobs=" + job.substring(7),
            "#/no-such-page");
    Chromium.needed(page);
    for (String address : pages) {
      colours(ColorScheme.LIGHT);
      open(address);
      assertThat(Chromium.serious(page)).as(address).isEmpty();
      colours(ColorScheme.DARK); // nothing but the colours is different
      assertThat(Chromium.serious(page, "color-contrast")).as(address + " in the dark").isEmpty();
      page.setViewportSize(360, 740);
      await() // until the charts are drawn anew
          .atMost(ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(page.evaluate("document.documentElement.scrollWidth"))
                      .as(address)
                      .isEqualTo(360));
      page.setViewportSize(1280, 800);
    }
  }

  @Test
  @Order(8)
  void the_api_can_be_read_and_no_other_document_in_its_place() {
    Chromium.needed(page);
    List<String> asked = new ArrayList<>();
    page.onRequest(request -> asked.add(request.url()));
    page.navigate(api.uri("/swagger-ui.html?url=/else.json&configUrl=/else.json").toString());
    assertThat(page.locator(".info .title")).containsText("Trainyard");
    page.getByText("Submit a training job").click();
    assertThat(page.locator(".opblock.is-open")).containsText("flowers-cnn");
    assertThat(asked).anyMatch(url -> url.endsWith("/v3/api-docs"));
    assertThat(asked).noneMatch(url -> url.matches("http://[^/]*/else.json"));
  }

  private void colours(ColorScheme scheme) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
  }

  private void open(String address) {
    Chromium.needed(page);
    page.navigate("about:blank"); // another fragment alone would not load the page
    page.navigate(api.uri("/").toString() + address);
    assertThat(page.locator("h1").first()).isVisible();
  }

  private void fill(String path, String value) {
    page.locator("[data-path='" + path + "']").fill(value);
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator tab(String name) {
    return page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private String id(String path) {
    return api.get(path).json().at("/items/0/id").asString();
  }
}
