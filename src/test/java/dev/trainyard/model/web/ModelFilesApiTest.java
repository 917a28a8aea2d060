package dev.trainyard.model.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.model.ModelServiceTest;
import dev.trainyard.spec.SpecJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class ModelFilesApiTest extends ModelServiceTest {

  private static final String WEIGHTS = "variables/variables.data-00000-of-00001";

  @Autowired private MeterRegistry meters;

  @Test
  void the_manifest_lists_the_files_with_their_digests() throws Exception {
    register("listed");

    JsonNode manifest = json(get("/api/v1/models/listed/versions/latest/manifest"));

    assertThat(manifest.get("version").asInt()).isEqualTo(1);
    assertThat(manifest.get("files"))
        .isEqualTo(json(get("/api/v1/models/listed/versions/1")).get("files"));
  }

  @Test
  void one_file_comes_with_its_digest_and_in_ranges() throws Exception {
    register("single");
    byte[] content = Files.readAllBytes(data().resolve("models/single/1").resolve(WEIGHTS));
    String path = "/api/v1/models/single/versions/1/files/" + WEIGHTS;

    HttpResponse<byte[]> whole = bytes(request(path));
    HttpResponse<byte[]> rest =
        bytes(
            request(path)
                .header("Range", "bytes=299990-")
                .header("If-Range", whole.headers().firstValue("ETag").get()));

    assertThat(whole.body()).isEqualTo(content);
    assertThat(whole.headers().firstValue("Content-Disposition").get())
        .isEqualTo("attachment; filename=\"variables.data-00000-of-00001\"");
    assertThat(whole.headers().firstValue("Repr-Digest").get()).startsWith("sha-256=:");
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.body()).hasSize(10);
    assertThat(
            bytes(request(path).header("If-None-Match", whole.headers().firstValue("ETag").get()))
                .statusCode())
        .isEqualTo(304);
    HttpResponse<byte[]> head =
        bytes(request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.headers().firstValue("Content-Length").get()).isEqualTo("300000");
    assertThat(head.headers().firstValue("Repr-Digest"))
        .isEqualTo(whole.headers().firstValue("Repr-Digest"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "variables",
        "variables/",
        "saved_model.pb/",
        "/saved_model.pb",
        "./saved_model.pb",
        "other.txt",
        "%2e%2e/2/saved_model.pb",
        "..%2f2%2fsaved_model.pb",
        "variables%5cvariables.index",
        "saved_model.pb%00",
        "%2fetc%2fpasswd"
      })
  void nothing_but_a_registered_file_is_ever_opened(String path) throws Exception {
    if (get("/api/v1/models/closed").statusCode() == 404) {
      register("closed");
      Files.writeString(data().resolve("models/closed/1/other.txt"), "secret");
    }
    HttpResponse<String> response = get("/api/v1/models/closed/versions/1/files/" + path);

    assertThat(response.statusCode()).as(response.body()).isIn(400, 404);
  }

  @Test
  void what_is_not_what_was_registered_is_neither_sent_nor_loaded() throws Exception {
    register("rotten");
    Path weights = data().resolve("models/rotten/1").resolve(WEIGHTS);
    byte[] good = Files.readAllBytes(weights);
    FileTime time = Files.getLastModifiedTime(weights);
    String file = "/api/v1/models/rotten/versions/1/files/" + WEIGHTS;
    assertThat(get(file).statusCode()).isEqualTo(200);
    double before = damaged("download");

    byte[] bad = good.clone();
    bad[1234] ^= 1; // as long as it was, and as old
    Files.write(weights, bad);
    Files.setLastModifiedTime(weights, time);

    for (String path :
        List.of(
            file,
            "/api/v1/models/rotten/versions/1/download",
            "/api/v1/models/rotten/versions/1/download?format=tar.gz")) {
      HttpResponse<String> response = get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(500);
      assertThat(response.body()).contains("/problems/model-damaged").contains(WEIGHTS);
    }
    assertThat(damaged("download") - before).isEqualTo(3);
    HttpResponse<String> prediction =
        post("/v1/models/rotten:predict", "{\"instances\":[{\"b64\":\"AAAA\"}]}");
    assertThat(prediction.body()).contains("/problems/model-damaged");
    assertThat(get("/api/v1/models/rotten/versions/1/files/saved_model.pb").statusCode())
        .isEqualTo(200);

    Files.write(weights, good);
    assertThat(get("/api/v1/models/rotten/versions/1/download").statusCode()).isEqualTo(200);
  }

  @Test
  void an_archive_that_is_damaged_is_packed_anew() throws Exception {
    register("repacked");
    String path = "/api/v1/models/repacked/versions/1/download";
    byte[] good = bytes(request(path)).body();
    Path archive;
    try (var files = Files.list(data().resolve("archives/repacked/1"))) {
      archive = files.findFirst().orElseThrow();
    }
    Files.writeString(archive, "bad", StandardOpenOption.WRITE);

    assertThat(bytes(request(path)).body()).isEqualTo(good);
  }

  @Test
  void verification_tells_of_each_file() throws Exception {
    register("checked");
    assertThat(json(post("/api/v1/models/checked/versions/1/verify", "")).get("intact").asBoolean())
        .isTrue();
    Path folder = data().resolve("models/checked/1");
    Files.writeString(folder.resolve("saved_model.pb"), "another graph");
    Files.delete(folder.resolve("assets/labels.txt"));
    Files.writeString(folder.resolve("variables/extra"), "x");

    JsonNode report = json(post("/api/v1/models/checked/versions/latest/verify", ""));

    assertThat(report.get("intact").asBoolean()).isFalse();
    assertThat(
            report
                .get("files")
                .valueStream()
                .map(it -> it.get("path").asString() + " " + it.get("status").asString())
                .collect(Collectors.toList()))
        .containsExactly(
            "assets/labels.txt MISSING",
            "saved_model.pb CHANGED",
            "variables/extra UNEXPECTED",
            WEIGHTS + " OK",
            "variables/variables.index OK");
    assertThat(get("/api/v1/models/checked/versions/1/files/assets/labels.txt").body())
        .contains("/problems/model-damaged");
  }

  @Test
  void many_downloads_at_once_have_the_same_bytes() throws Exception {
    register("popular");
    List<Callable<HttpResponse<byte[]>>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String format = i % 2 == 0 ? "zip" : "tar.gz";
      calls.add(
          () ->
              bytes(
                  request("/api/v1/models/popular/versions/1/download?format=" + format)
                      .header("Range", "bytes=0-")));
    }
    var executor = Executors.newFixedThreadPool(calls.size());
    try {
      List<byte[]> bodies = new ArrayList<>();
      for (var answer : executor.invokeAll(calls)) {
        assertThat(answer.get().statusCode()).isEqualTo(206);
        bodies.add(answer.get().body());
      }
      for (int i = 2; i < bodies.size(); i++) {
        assertThat(bodies.get(i)).isEqualTo(bodies.get(i % 2));
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private double damaged(String finder) {
    Counter counter = meters.find("trainyard.model.damages").tag("found_by", finder).counter();
    return counter == null ? 0 : counter.count();
  }

  private static JsonNode json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return SpecJson.MAPPER.readTree(response.body());
  }
}
