package dev.trainyard.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trainyard.TemporaryData;
import dev.trainyard.dataset.DatasetCatalog;
import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.dataset.archive.TestZips;
import dev.trainyard.dataset.image.TestImages;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.tfrecord.ImageExample;
import dev.trainyard.tfrecord.TfRecordReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Tag("database")
class DatasetApiTest {

  @TempDir static Path data;
  private static DatasetService service;

  @BeforeAll
  static void start() {
    service = new DatasetService(data);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void an_upload_becomes_a_dataset_to_train_on() throws Exception {
    HttpResponse<String> accepted = service.upload("flowers", flowers(30).zip());
    assertThat(accepted.statusCode()).isEqualTo(202);
    JsonNode body = DatasetService.json(accepted);
    assertThat(accepted.headers().firstValue("Location"))
        .hasValue("/api/v1/datasets/" + body.get("id").asString());
    assertThat(accepted.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(body.get("name").asString()).isEqualTo("flowers");
    assertThat(body.get("version").asInt()).isEqualTo(1);
    assertThat(body.get("state").asString()).isEqualTo("CONVERTING");

    JsonNode ready = service.await(body.get("id").asString());
    assertThat(ready.get("state").asString()).as(ready.toString()).isEqualTo("READY");
    assertThat(ready.get("classes").toString())
        .isEqualTo(
            "[{\"label\":\"daisy\",\"train\":27,\"validation\":3},"
                + "{\"label\":\"rose\",\"train\":27,\"validation\":3}]");
    assertThat(ready.get("readyTime").asString()).isGreaterThan(ready.get("createTime").asString());

    ReadyDataset dataset = service.bean(DatasetCatalog.class).ready("flowers");
    assertThat(dataset.id()).isEqualTo(body.get("id").asString());
    assertThat(dataset.labels()).containsExactly("daisy", "rose");
    assertThat(dataset.sha256()).isEqualTo(ready.get("sha256").asString());
    List<ImageExample> train = read(dataset.trainShards());
    List<ImageExample> validation = read(dataset.validationShards());
    assertThat(train).hasSize(54);
    assertThat(validation).hasSize(6);
    assertThat(Stream.concat(train.stream(), validation.stream()).map(ImageExample::filename))
        .doesNotHaveDuplicates();
    awaitNoLeftovers(dataset.id());
  }

  @Test
  void the_same_name_again_is_its_next_version_whoever_is_first() throws Exception {
    byte[] zip = flowers(2).zip();
    ExecutorService clients = Executors.newFixedThreadPool(6);
    try {
      List<Future<JsonNode>> uploads = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        uploads.add(clients.submit(() -> service.uploadAndAwait("again", zip)));
      }
      List<Integer> versions = new ArrayList<>();
      List<String> hashes = new ArrayList<>();
      for (Future<JsonNode> upload : uploads) {
        versions.add(upload.get().get("version").asInt());
        hashes.add(upload.get().get("sha256").asString());
      }
      assertThat(versions).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
      assertThat(hashes).containsOnly(hashes.get(0));
    } finally {
      clients.shutdownNow();
    }
    assertThat(service.json("/again").get("version").asInt()).isEqualTo(6);
  }

  @Test
  void pages_hold_everything_once_newest_first() throws Exception {
    for (int i = 0; i < 5; i++) {
      service.uploadAndAwait("paged", flowers(2).zip());
    }
    List<Integer> versions = new ArrayList<>();
    String next = "?name=paged&state=READY&pageSize=2";
    while (next != null) {
      HttpResponse<String> page = service.get(next);
      JsonNode body = DatasetService.json(page);
      body.get("items").forEach(item -> versions.add(item.get("version").asInt()));
      next =
          page.headers()
              .firstValue("Link")
              .map(link -> "?" + URI.create(link.replaceAll("<(.*)>.*", "$1")).getRawQuery())
              .orElse(null);
      assertThat(body.has("nextPageToken")).isEqualTo(next != null);
    }
    assertThat(versions).containsExactly(5, 4, 3, 2, 1);
    assertThat(service.json("?name=paged&state=FAILED").get("items")).isEmpty();
    assertProblem(service.get("?pageToken=x"), 422, "pageToken");
    assertProblem(service.get("?pageSize=0"), 422, "pageSize");
    assertProblem(service.get("?state=LOST"), 422, "state");
  }

  @Test
  void csv_files_make_the_split_and_parts_come_in_any_order() throws Exception {
    byte[] zip =
        flowers(3)
            .with("rows/t.csv", "gs://x/daisy/daisy-0.jpg,daisy\ngs://x/rose/rose-0.jpg,rose\nbad")
            .with("rows/v.csv", "gs://x/rose/rose-1.jpg,rose")
            .with("names", "rose\ndaisy")
            .zip();
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("maxBadRecords", 1);
    parts.put("file", zip);
    parts.put("labelsFile", "names");
    parts.put("validationCsv", "rows/v.csv");
    parts.put("trainCsv", "t.csv");
    parts.put("name", "csv");
    JsonNode ready = service.await(DatasetService.json(service.post(parts)).get("id").asString());
    assertThat(ready.get("classes").toString())
        .isEqualTo(
            "[{\"label\":\"daisy\",\"train\":1,\"validation\":0},"
                + "{\"label\":\"rose\",\"train\":1,\"validation\":1}]");
    assertThat(service.get("/csv/quarantine").body())
        .isEqualTo("file,row,reason\nrows/t.csv,3,\"has 1 fields; image-path,label are 2\"\n");
    parts.put("validationFraction", "0.1");
    assertProblem(service.post(parts), 422, "validationFraction");
  }

  @ParameterizedTest
  @CsvSource({
    "name, ''",
    "name, ../x",
    "name, Flowers",
    "validationFraction, 1",
    "validationFraction, -0.1",
    "validationFraction, NaN",
    "validationFraction, ten",
    "seed, 1.5",
    "maxBadRecords, -1",
    "trainCsv, none.csv",
    "labelsFile, none.txt",
    "validation_fraction, 0.1",
    "file, flowers.zip"
  })
  void a_wrong_part_is_named(String field, String value) throws Exception {
    Map<String, Object> parts = new LinkedHashMap<>(Map.of("name", "n"));
    parts.put("file", flowers(2).zip());
    parts.put(field, value);
    assertProblem(service.post(parts), 422, field);
    assertThat(service.get("/n").statusCode()).isEqualTo(404);
  }

  @Test
  void what_is_no_archive_of_images_is_refused_at_once() throws Exception {
    byte[] zip = flowers(2).zip();
    assertArchive(new TestZips().zip(), "The zip archive has no files in it.");
    assertArchive(new byte[0], "it is empty.");
    assertArchive(new TestZips().with("notes.txt", "x").zip(), "holds neither images nor a CSV");
    assertArchive("hello".getBytes(StandardCharsets.UTF_8), "it is a text.");
    assertArchive(TestImages.jpeg(9, 9), "it is a JPEG.");
    assertArchive(Arrays.copyOf(zip, zip.length / 2), "ends too early");
    assertThat(TemporaryData.halfWritten(data)).isEmpty();
  }

  @Test
  void what_only_a_look_at_the_images_tells_fails_later() throws Exception {
    byte[] jpeg = TestImages.jpeg(9, 9);
    assertFailed(
        new TestZips().with("1.jpg", jpeg).zip(), "TOO_FEW_CLASSES", "The archive has no class.");
    assertFailed(
        new TestZips().with("daisy/1.jpg", jpeg).zip(), "TOO_FEW_CLASSES", "Only one class");
    assertFailed(
        new TestZips().with("a/1.jpg", "x").with("b/1.jpg", "y").zip(),
        "NO_USABLE_IMAGES",
        "None of the 2 images");
    byte[] tar = flowers(20).tarGz();
    assertFailed(Arrays.copyOf(tar, tar.length / 2), "ARCHIVE_BROKEN", "The tar.gz archive");
    assertThat(service.get("/failing/quarantine").statusCode()).isEqualTo(200);
    awaitNoLeftovers(service.json("/failing").get("id").asString());
  }

  @Test
  void images_are_judged_one_by_one() throws Exception {
    String longName = "n".repeat(300);
    byte[] jpeg = TestImages.jpeg(300, 200);
    byte[] zip =
        flowers(2)
            .with("daisy/truncated.jpg", Arrays.copyOf(jpeg, jpeg.length - 100))
            .with("daisy/png named.jpg", TestImages.png(10, 10))
            .with("daisy/large.jpg", TestImages.jpeg(5400, 3800))
            .with("rose/../../up.jpg", jpeg)
            .with("rose/🌹 " + longName + ".jpg", jpeg)
            .zip();
    JsonNode ready = service.uploadAndAwait("judged", zip);
    assertThat(ready.get("state").asString()).as(ready.toString()).isEqualTo("READY");
    assertThat(ready.get("quarantined").asInt()).isEqualTo(2);
    HttpResponse<String> quarantine = service.get("/judged/quarantine");
    assertThat(quarantine.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    assertThat(quarantine.body())
        .isEqualTo(
            """
            file,row,reason
            daisy/truncated.jpg,,ends too early: the JPEG is truncated
            rose/../../up.jpg,,its name leads out of the archive ('..')
            """);
    ReadyDataset dataset = service.bean(DatasetCatalog.class).ready("judged");
    List<ImageExample> all = read(dataset.trainShards());
    all.addAll(read(dataset.validationShards()));
    assertThat(all)
        .extracting(ImageExample::filename)
        .contains("🌹 " + longName + ".jpg", "png named.jpg", "large.jpg");
    assertThat(all)
        .filteredOn(i -> i.filename().equals("large.jpg"))
        .first()
        .satisfies(i -> assertThat(i.width() * i.height()).isEqualTo(5400 * 3800));
  }

  @Test
  void a_dataset_can_be_deleted_and_jobs_are_told_what_is_not_there() throws Exception {
    String id = service.uploadAndAwait("gone", flowers(2).zip()).get("id").asString();
    assertThat(service.delete("/" + id).statusCode()).isEqualTo(204);
    assertThat(service.get("/" + id).statusCode()).isEqualTo(404);
    assertThat(service.delete("/" + id).statusCode()).isEqualTo(404);
    assertThat(data.resolve("datasets").resolve(id)).doesNotExist();
    DatasetCatalog catalog = service.bean(DatasetCatalog.class);
    assertThatThrownBy(() -> catalog.ready("gone"))
        .isInstanceOf(ProblemException.class)
        .extracting(e -> ((ProblemException) e).problem())
        .isEqualTo(Problem.INVALID_REQUEST);
    service.uploadAndAwait("gone", new TestZips().with("1.jpg", "x").zip());
    assertThatThrownBy(() -> catalog.ready("gone"))
        .hasMessage("Dataset 'gone' version 1 is FAILED.")
        .extracting(e -> ((ProblemException) e).problem())
        .isEqualTo(Problem.DATASET_NOT_READY);
  }

  private static void assertArchive(byte[] file, String detail) {
    HttpResponse<String> response = service.upload("refused", file);
    assertProblem(response, 422, "file");
    assertThat(DatasetService.json(response).get("type").asString())
        .isEqualTo("/problems/invalid-archive");
    assertThat(DatasetService.json(response).get("detail").asString()).contains(detail);
    assertThat(service.get("/refused").statusCode()).isEqualTo(404);
  }

  private static void assertFailed(byte[] archive, String reason, String message) {
    JsonNode failed = service.uploadAndAwait("failing", archive);
    assertThat(failed.get("state").asString()).isEqualTo("FAILED");
    assertThat(failed.get("reason").asString()).as(failed.toString()).isEqualTo(reason);
    assertThat(failed.get("message").asString()).startsWith(message);
  }

  /** A dataset is READY or FAILED a moment before its upload and scratch files are deleted. */
  private static void awaitNoLeftovers(String id) {
    await()
        .untilAsserted(
            () -> {
              assertThat(data.resolve("uploads").resolve(id)).doesNotExist();
              assertThat(TemporaryData.halfWritten(data)).isEmpty();
            });
  }

  private static void assertProblem(HttpResponse<String> response, int status, String field) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(DatasetService.json(response).get("errors").findValuesAsString("field"))
        .as(response.body())
        .contains(field);
  }

  private static TestZips flowers(int each) {
    TestZips zip = new TestZips();
    for (String label : List.of("daisy", "rose")) {
      for (int i = 0; i < each; i++) {
        zip.with(label + "/" + label + "-" + i + ".jpg", TestImages.jpeg(40 + i, 30));
      }
    }
    return zip;
  }

  private static List<ImageExample> read(List<Path> shards) throws IOException {
    List<ImageExample> records = new ArrayList<>();
    for (Path shard : shards) {
      assertThat(Files.size(shard)).isPositive();
      try (TfRecordReader reader = new TfRecordReader(shard)) {
        for (byte[] record = reader.read(); record != null; record = reader.read()) {
          records.add(ImageExample.parse(record));
        }
      }
    }
    return records;
  }
}
