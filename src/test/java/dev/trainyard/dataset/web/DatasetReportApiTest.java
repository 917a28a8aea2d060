package dev.trainyard.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.dataset.archive.TestZips;
import dev.trainyard.dataset.image.TestImages;
import dev.trainyard.tfrecord.Example;
import dev.trainyard.tfrecord.Feature;
import dev.trainyard.tfrecord.TfRecordWriter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

  @Test
  void what_is_added_to_and_imported_says_as_much_as_any_and_outlives_its_base() throws Exception {
    String base = service.uploadAndAwait("growing", flowers().zip()).get("id").asString();
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("appendTo", "growing");
    parts.put("duplicates", "drop");
    parts.put(
        "file",
        new TestZips()
            .with("set/train.tfrecord", unnamed(20, "class 0", 500, "daisy"))
            .with("set/eval.tfrecord", unnamed(30, "class 1"))
            .zip());
    JsonNode second = service.await(DatasetService.json(service.post(parts)).get("id").asString());
    assertThat(second.get("state").asString()).as(second.toString()).isEqualTo("READY");
    assertThat(service.delete("/" + base).statusCode()).isEqualTo(204);
    JsonNode report = service.json("/growing/report");
    assertThat(report.get("images").asInt()).isEqualTo(112);
    assertThat(report.at("/classes/10/label").asString()).isEqualTo("daisy");
    assertThat(report.get("warnings")).isEqualTo(second.at("/report/warnings"));
    assertThat(second.at("/report/leftOut").asInt()).isEqualTo(1);
    assertThat(service.get("/growing/duplicates").body())
        .contains("class 0/copy.jpg,class 0,", ",set/train.tfrecord@0,class 0,train")
        .contains(",set/eval.tfrecord@0,class 1,none");
    assertThat(sheet("/growing/contact-sheet?class=daisy").getHeight()).isLessThan(600);
    assertThat(sheet("/growing/contact-sheet").getWidth()).isGreaterThan(1000);
  }

  private static BufferedImage sheet(String path) {
    return TestImages.decode(service.bytes(path).body());
  }

  /** Records of images by width and label, without the keys that nobody needs. */
  private static byte[] unnamed(Object... widthsAndLabels) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TfRecordWriter writer = new TfRecordWriter(bytes)) {
      for (int i = 0; i < widthsAndLabels.length; i += 2) {
        String label = (String) widthsAndLabels[i + 1];
        Map<String, Feature> features =
            Map.of(
                "image/encoded",
                Feature.of(TestImages.jpeg((int) widthsAndLabels[i], 30)),
                "image/class/label",
                Feature.of(label.equals("class 1") ? 2 : label.equals("class 0") ? 1 : 3),
                "image/class/synset",
                Feature.of(label));
        writer.write(new Example(features).toBytes());
      }
    }
    return bytes.toByteArray();
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
