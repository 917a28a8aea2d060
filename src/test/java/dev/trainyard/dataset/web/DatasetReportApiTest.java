package dev.trainyard.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.dataset.archive.TestZips;
import dev.trainyard.dataset.image.TestImages;
import java.awt.image.BufferedImage;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("h2")
class DatasetReportApiTest {

  @TempDir static Path data;
  private static DatasetService service;

  @BeforeAll
  static void start() throws Exception {
    service = new DatasetService(data);
    service.uploadAndAwait("flowers", flowers().zip());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void a_dataset_shows_its_report_in_short_and_at_length() {
    JsonNode summary = service.json("/flowers").get("report");
    assertThat(summary.get("copies").asInt()).isEqualTo(10);
    assertThat(summary.get("warnings")).isNotEmpty();
    JsonNode report = service.json("/flowers/report");
    assertThat(report.get("warnings")).isEqualTo(summary.get("warnings"));
    assertThat(report.get("images").asInt()).isEqualTo(110);
    assertThat(report.get("scan").asString()).isEqualTo("FULL");
    HttpResponse<String> list = service.get("/flowers/duplicates");
    assertThat(list.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    assertThat(list.body().lines()).hasSize(21);
  }

  @Test
  void a_contact_sheet_is_a_picture_by_page_and_by_class() {
    BufferedImage first = sheet("/flowers/contact-sheet");
    BufferedImage second = sheet("/flowers/contact-sheet?page=2");
    assertThat(first.getWidth()).isEqualTo(second.getWidth()).isGreaterThan(1000);
    assertThat(first.getHeight()).isGreaterThan(2 * second.getHeight());
    assertThat(sheet("/flowers/contact-sheet?class=class%203").getHeight()).isLessThan(600);
    assertThat(service.get("/flowers/contact-sheet?page=3").statusCode()).isEqualTo(422);
    assertThat(service.get("/flowers/contact-sheet?class=none").statusCode()).isEqualTo(422);
    assertThat(service.get("/none/contact-sheet").statusCode()).isEqualTo(404);
  }

  @Test
  void a_sheet_that_is_known_is_not_drawn_again() {
    String tag = service.bytes("/flowers/contact-sheet").headers().firstValue("ETag").orElseThrow();
    assertThat(service.bytes("/flowers/contact-sheet", "If-None-Match", tag).statusCode())
        .isEqualTo(304);
    assertThat(service.bytes("/flowers/contact-sheet?page=2", "If-None-Match", tag).statusCode())
        .isEqualTo(200);
  }

  @Test
  void an_upload_chooses_how_closely_it_is_looked_at() throws Exception {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("name", "fast");
    parts.put("file", flowers().zip());
    parts.put("scan", "fast");
    parts.put("duplicates", "drop");
    String id = DatasetService.json(service.post(parts)).get("id").asString();
    JsonNode ready = service.await(id);
    assertThat(ready.get("state").asString()).as(ready.toString()).isEqualTo("READY");
    assertThat(ready.get("report").get("acrossSplit").asInt()).isZero();
    assertThat(service.json("/fast/report").get("scan").asString()).isEqualTo("FAST");
    parts.put("scan", "quick");
    assertThat(service.post(parts).body()).contains("must be full or fast");
    parts.put("scan", "full");
    parts.put("duplicates", "maybe");
    assertThat(service.post(parts).body()).contains("must be keep or drop");
  }

  private static BufferedImage sheet(String path) {
    return TestImages.decode(service.bytes(path).body());
  }

  /** Ten classes of ten images each, and one image of each once more. */
  private static TestZips flowers() {
    TestZips zip = new TestZips();
    for (int label = 0; label < 10; label++) {
      for (int i = 0; i < 10; i++) {
        zip.with("class " + label + "/" + i + ".jpg", TestImages.jpeg(20 + 10 * label + i, 30));
      }
      zip.with("class " + label + "/copy.jpg", TestImages.jpeg(20 + 10 * label, 30));
    }
    return zip;
  }
}
