package dev.trainyard.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import dev.trainyard.dataset.archive.TestZips;
import dev.trainyard.dataset.image.TestImages;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Datasets of folders, of uploads in pieces, and of what is there already. */
@Tag("database")
class DatasetSourcesTest {

  private static final String DATASETS = "/api/v1/datasets";
  private static final String UPLOADS = "/api/v1/uploads";

  @TempDir static Path data;
  @TempDir static Path images;
  private static DatasetService service;
  private static ApiClient api;

  @BeforeAll
  static void start() throws IOException {
    service =
        new DatasetService(
            data,
            "--trainyard.dataset.allowed-folders=" + images,
            "--trainyard.upload.max-uploads=3",
            "--trainyard.upload.max-size=1MB");
    String port = service.bean(Environment.class).getProperty("local.server.port");
    api = new ApiClient(Integer.parseInt(String.valueOf(port)));
    for (String label : List.of("daisy", "rose")) {
      Path folder = Files.createDirectories(images.resolve("flowers").resolve(label));
      for (int i = 0; i < 10; i++) {
        Files.write(folder.resolve(i + ".jpg"), TestImages.jpeg(30 + i, 20));
      }
    }
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void a_folder_of_the_operator_becomes_a_dataset_and_stays_as_it_is() throws Exception {
    JsonNode ready = made(folder("of-folder", "flowers"));
    assertThat(ready.get("state").asString()).as(ready.toString()).isEqualTo("READY");
    assertThat(ready.at("/source/path").asString())
        .isEqualTo(images.toRealPath().resolve("flowers").toString());
    assertThat(ready.get("trainExamples").asInt()).isEqualTo(18);
    assertThat(images.resolve("flowers/daisy/0.jpg")).exists();
    assertThat(TemporaryData.halfWritten(data)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "..,source.path",
    "flowers/../..,source.path",
    "/etc,source.path",
    "none,source.path",
    "flowers/daisy/0.jpg,source.path"
  })
  void no_other_folder_is_read(String path, String field) {
    Answer answer = api.post(DATASETS, folder("other", path));
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo(field);
  }

  @Test
  void rows_lead_nowhere_out_of_the_folder() throws Exception {
    Path folder = Files.createDirectories(images.resolve("rows"));
    for (int i = 0; i < 4; i++) {
      Files.write(folder.resolve(i + ".jpg"), TestImages.jpeg(30 + i, 20));
    }
    Files.writeString(
        folder.resolve("train.csv"),
        "%s/0.jpg,a\n1.jpg,b\n/etc/passwd,a\n../flowers/daisy/9.jpg,b\n".formatted(folder));
    JsonNode ready = made(folder("of-rows", "rows"));
    assertThat(ready.get("quarantined").asInt()).as(ready.toString()).isEqualTo(2);
    assertThat(service.get("/of-rows/quarantine").body())
        .contains("train.csv,3,'/etc/passwd' is not in the folder")
        .contains("train.csv,4,'../flowers/daisy/9.jpg' is not in the folder");
  }

  @Test
  void a_version_is_added_to_and_can_go_before_what_was_made_of_it() throws Exception {
    JsonNode first = made(folder("growing", "flowers"));
    Path folder = Files.createDirectories(images.resolve("more/aster"));
    for (int i = 0; i < 4; i++) {
      Files.write(folder.resolve(i + ".jpg"), TestImages.jpeg(50 + i, 20));
    }
    JsonNode second =
        made("{\"appendTo\":\"growing\",\"source\":{\"type\":\"folder\",\"path\":\"more\"}}");
    assertThat(second.get("state").asString()).as(second.toString()).isEqualTo("READY");
    assertThat(second.get("version").asInt()).isEqualTo(2);
    assertThat(second.at("/base/id")).isEqualTo(first.get("id"));
    assertThat(second.at("/base/version").asInt()).isEqualTo(1);
    assertThat(second.get("classes").valueStream().map(c -> c.get("label").asString()))
        .containsExactly("daisy", "rose", "aster");
    assertThat(second.get("validationExamples").asInt()).isEqualTo(3);
    assertThat(service.delete("/" + first.get("id").asString()).statusCode()).isEqualTo(204);
    Path shards = data.resolve("datasets").resolve(second.get("id").asString());
    assertThat(shards.resolve("train-00000-of-00002")).isNotEmptyFile();
    assertThat(api.post(DATASETS, "{\"appendTo\":\"nobody\",\"upload\":\"x\"}").status())
        .isEqualTo(422);
  }

  @Test
  void an_upload_in_pieces_becomes_a_dataset_once() throws Exception {
    byte[] zip = flowers();
    String upload = begin(zip.length, "begun");
    assertThat(begin(zip.length, "begun")).as("the same key").isEqualTo(upload);
    assertThat(append(upload, 0, Arrays.copyOf(zip, 1000), null).status()).isEqualTo(204);

    Answer early = api.post(DATASETS, "{\"name\":\"pieces\",\"upload\":\"" + id(upload) + "\"}");
    assertThat(early.status()).as(early.text()).isEqualTo(409);
    Answer wrong = append(upload, 5, zip, null);
    assertThat(wrong.status()).isEqualTo(409);
    assertThat(wrong.json().get("type").asString()).isEqualTo("/problems/upload-offset-mismatch");
    assertThat(append(upload, 1000, zip, null).status())
        .as("more than it was to have")
        .isEqualTo(413);
    byte[] rest = Arrays.copyOfRange(zip, 1000, zip.length);
    Answer mismatch = append(upload, 1000, rest, "sha1 AAAA");
    assertThat(mismatch.status()).isEqualTo(460);
    assertThat(api.head(upload).header("Upload-Offset")).isEqualTo("1000");
    Answer whole = append(upload, 1000, rest, "sha256 " + sha256(rest));
    assertThat(whole.status()).as(whole.text()).isEqualTo(204);
    assertThat(whole.header("Upload-Offset")).isEqualTo(String.valueOf(zip.length));

    String key = UUID.randomUUID().toString();
    String body = "{\"name\":\"pieces\",\"upload\":\"" + id(upload) + "\"}";
    Answer accepted = api.with("Idempotency-Key", key).post(DATASETS, body);
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
    JsonNode ready = service.await(accepted.json().get("id").asString());
    assertThat(ready.get("state").asString()).isEqualTo("READY");
    assertThat(api.with("Idempotency-Key", key).post(DATASETS, body).json().get("id"))
        .isEqualTo(ready.get("id"));
    assertThat(api.post(DATASETS, body).status()).as("it is used up").isEqualTo(422);
    assertThat(api.head(upload).status()).isEqualTo(404);
    await()
        .untilAsserted(
            () -> assertThat(data.resolve("incoming").resolve(id(upload))).doesNotExist());
  }

  @Test
  void an_upload_is_taken_as_a_part_of_a_form_and_one_that_is_given_up_is_gone() throws Exception {
    byte[] zip = flowers();
    String upload = begin(zip.length, null);
    append(upload, 0, zip, null);
    assertThat(service.post(Map.of("name", "form", "upload", id(upload), "file", zip)).statusCode())
        .isEqualTo(422);
    assertThat(service.post(Map.of("name", "form", "upload", id(upload))).statusCode())
        .isEqualTo(202);
    String other = begin(5, null);
    append(other, 0, new byte[2], null);
    assertThat(api.delete(other).status()).isEqualTo(204);
    assertThat(api.head(other).status()).isEqualTo(404);
    assertThat(append(other, 2, new byte[3], null).status()).isEqualTo(404);
    assertThat(data.resolve("incoming").resolve(id(other))).doesNotExist();
  }

  @Test
  void two_cannot_write_to_an_upload_at_once_and_a_dead_one_does_not_count() {
    JdbcTemplate jdbc = service.bean(JdbcTemplate.class);
    String upload = begin(3, null);
    String set = "update upload set writer = 'w', instance = 'x', writer_time = current_timestamp";
    jdbc.update(set + " where id = ?", id(upload));
    Answer locked = append(upload, 0, new byte[3], null);
    assertThat(locked.status()).isEqualTo(423);
    assertThat(locked.header("Tus-Resumable")).isEqualTo("1.0.0");
    assertThat(api.delete(upload).status()).isEqualTo(423);
    jdbc.update(set + " - interval '61' second where id = ?", id(upload));
    assertThat(append(upload, 0, new byte[3], null).status()).isEqualTo(204);
    assertThat(api.delete(upload).status()).isEqualTo(204);
  }

  @Test
  void uploads_have_limits_and_a_version() {
    assertThat(create(2 << 20, null).status()).isEqualTo(413);
    Answer negative = create(-1, null);
    assertThat(negative.json().at("/errors/0/field").asString()).isEqualTo("Upload-Length");
    Answer old = api.with("Tus-Resumable", "0.2.2").head(UPLOADS + "/x");
    assertThat(old.status()).isEqualTo(412);
    assertThat(old.header("Tus-Version")).isEqualTo("1.0.0");
    List<String> begun = new java.util.ArrayList<>();
    Answer last = create(1, null);
    for (; last.status() == 201; last = create(1, null)) {
      begun.add(last.header("Location"));
    }
    assertThat(last.status()).isEqualTo(429);
    begun.forEach(upload -> assertThat(api.delete(upload).status()).isEqualTo(204));
    HttpRequest.Builder options =
        HttpRequest.newBuilder(api.uri(UPLOADS)).method("OPTIONS", BodyPublishers.noBody());
    assertThat(api.send(options).header("Tus-Extension"))
        .isEqualTo("creation,termination,checksum,expiration");
  }

  private static JsonNode made(String request) {
    Answer answer = api.post(DATASETS, request);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return service.await(answer.json().get("id").asString());
  }

  private static String folder(String name, String path) {
    return "{\"name\":\"%s\",\"source\":{\"type\":\"folder\",\"path\":\"%s\"}}"
        .formatted(name, path);
  }

  private static byte[] flowers() throws IOException {
    TestZips zip = new TestZips();
    for (int i = 0; i < 4; i++) {
      zip.with("daisy/" + i + ".jpg", TestImages.jpeg(30 + i, 20));
      zip.with("rose/" + i + ".jpg", TestImages.jpeg(40 + i, 20));
    }
    return zip.zip();
  }

  private static String begin(long length, String key) {
    Answer answer = create(length, key);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.header("Location");
  }

  private static Answer create(long length, String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.uri(UPLOADS))
            .POST(BodyPublishers.noBody())
            .header("Upload-Length", String.valueOf(length));
    return api.send(key == null ? request : request.header("Idempotency-Key", key));
  }

  private static Answer append(String upload, long offset, byte[] bytes, String checksum) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.uri(upload))
            .method("PATCH", BodyPublishers.ofByteArray(bytes))
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", String.valueOf(offset));
    return api.send(checksum == null ? request : request.header("Upload-Checksum", checksum));
  }

  private static String id(String upload) {
    return upload.substring(upload.lastIndexOf('/') + 1);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return Base64.getEncoder()
        .encodeToString(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
