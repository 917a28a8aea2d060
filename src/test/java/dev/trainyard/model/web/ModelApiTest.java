package dev.trainyard.model.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.model.ModelServiceTest;
import dev.trainyard.model.ModelVersionView;
import dev.trainyard.spec.SpecJson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ModelApiTest extends ModelServiceTest {

  @Test
  void a_version_tells_where_it_came_from_and_what_it_holds() throws Exception {
    ModelVersionView version = publish("storied");

    JsonNode json = json(get("/api/v1/models/storied/versions/1"));

    assertThat(json.get("name").asString()).isEqualTo("storied");
    assertThat(json.get("version").asInt()).isEqualTo(1);
    assertThat(json.get("state").asString()).isEqualTo("READY");
    assertThat(json.get("createTime").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(json.get("labels").get(4).asString()).isEqualTo("tulips");
    assertThat(json.at("/signatures/serving_default/inputs/0/name").asString())
        .isEqualTo("image_bytes");
    assertThat(json.at("/metrics/accuracy").asDouble()).isEqualTo(0.91);
    assertThat(json.get("parameters").asLong()).isEqualTo(32_864_805L);
    assertThat(json.get("step").asLong()).isEqualTo(300);
    assertThat(json.get("job").asString()).isEqualTo(version.job());
    assertThat(json.at("/dataset/sha256").asString()).isEqualTo("ab".repeat(32));
    assertThat(json.at("/spec/model/type").asString()).isEqualTo("cnn");
    assertThat(json.at("/spec/model/batchNorm").asBoolean()).isTrue();
    assertThat(json.get("seed").asLong()).isEqualTo(1);
    assertThat(json.at("/libraryVersions/tensorflow").asString()).isEqualTo("2.18.0");
    assertThat(json.get("files")).hasSize(4);
    assertThat(json.at("/files/1/sha256").asString()).hasSize(64);
    assertThat(json.get("sizeBytes").asLong()).isEqualTo(version.sizeBytes());
    assertThat(get(json.get("downloadUrl").asString()).statusCode()).isEqualTo(200);
  }

  @Test
  void what_a_client_has_already_is_not_sent_again() throws Exception {
    publish("cached");
    for (String path : List.of("", "/cached", "/cached/versions", "/cached/versions/1")) {
      HttpResponse<String> first = get("/api/v1/models" + path);
      String tag = first.headers().firstValue("ETag").orElseThrow();
      HttpResponse<byte[]> again =
          bytes(request("/api/v1/models" + path).header("If-None-Match", tag));
      assertThat(again.statusCode()).as(path).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
    String versions = get("/api/v1/models/cached").headers().firstValue("ETag").orElseThrow();
    publish("cached");
    assertThat(get("/api/v1/models/cached").headers().firstValue("ETag"))
        .isPresent()
        .get()
        .isNotEqualTo(versions);
  }

  @Test
  void latest_is_the_highest_version() throws Exception {
    publish("newest");
    publish("newest");

    assertThat(json(get("/api/v1/models/newest/versions/latest")).get("version").asInt())
        .isEqualTo(2);
    JsonNode model = json(get("/api/v1/models/newest"));
    assertThat(model.get("latestVersion").asInt()).isEqualTo(2);
    assertThat(model.get("versions").asInt()).isEqualTo(2);
  }

  @Test
  void models_come_in_pages_that_link_to_the_next() throws Exception {
    for (String name : List.of("page-a", "page-b", "page-c")) {
      publish(name);
    }

    List<String> names = new ArrayList<>();
    String path = "/api/v1/models?pageSize=2";
    while (!path.isEmpty()) {
      HttpResponse<String> response = get(path);
      JsonNode page = json(response);
      assertThat(page.get("items").size()).isBetween(1, 2);
      page.get("items").forEach(model -> names.add(model.get("name").asString()));
      path =
          response
              .headers()
              .firstValue("Link")
              .map(link -> link.replaceAll("^<http://localhost:\\d+(.*)>; rel=\"next\"$", "$1"))
              .orElse("");
      assertThat(path.isEmpty()).isEqualTo(!page.has("nextPageToken"));
    }

    assertThat(names).contains("page-a", "page-b", "page-c").doesNotHaveDuplicates().isSorted();
  }

  @Test
  void versions_come_highest_first_in_pages() throws Exception {
    for (int i = 0; i < 3; i++) {
      publish("paged");
    }

    JsonNode first = json(get("/api/v1/models/paged/versions?pageSize=2"));
    JsonNode second =
        json(
            get(
                "/api/v1/models/paged/versions?pageSize=2&pageToken="
                    + first.get("nextPageToken").asString()));

    assertThat(first.get("items").valueStream().map(v -> v.get("version").asInt()))
        .containsExactly(3, 2);
    assertThat(second.get("items").valueStream().map(v -> v.get("version").asInt()))
        .containsExactly(1);
    assertThat(second.has("nextPageToken")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pageSize=0", "pageSize=501", "pageSize=many", "pageToken=%20", "pageToken=Li4v"})
  void a_page_that_cannot_be_is_refused(String query) throws Exception {
    HttpResponse<String> response = get("/api/v1/models?" + query);

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("\"field\":\"" + query.split("=", 2)[0] + "\"");
  }

  @Test
  void a_deleted_version_is_gone_from_sight_and_from_the_disk() throws Exception {
    publish("shrinking");
    publish("shrinking");
    get("/api/v1/models/shrinking/versions/2/download");
    assertThat(post("/v1/models/shrinking:predict", "{\"instances\":[{\"b64\":\"AAAA\"}]}"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(200);

    assertThat(delete("/api/v1/models/shrinking/versions/2")).isEqualTo(204);

    assertThat(get("/api/v1/models/shrinking/versions/2").statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/models/shrinking/versions/2/download").statusCode()).isEqualTo(404);
    assertThat(data().resolve("models/shrinking/2")).doesNotExist();
    assertThat(data().resolve("archives/shrinking/2")).doesNotExist();
    assertThat(json(get("/api/v1/models/shrinking")).get("latestVersion").asInt()).isEqualTo(1);
    assertThat(delete("/api/v1/models/shrinking/versions/2")).isEqualTo(404);
  }

  @Test
  void a_deleted_model_takes_its_aliases_with_it_only_by_force() throws Exception {
    register("emptied");
    register("emptied");
    send("PUT", "/api/v1/models/emptied/aliases/champion", "application/json", "{\"version\":1}");
    get("/api/v1/models/emptied/versions/2/download");

    HttpResponse<String> refused = send("DELETE", "/api/v1/models/emptied", "application/json", "");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("/problems/in-use").contains("champion (version 1)");
    assertThat(json(get("/api/v1/models/emptied")).get("versions").asInt()).isEqualTo(2);

    assertThat(delete("/api/v1/models/emptied?force=true")).isEqualTo(204);
    assertThat(get("/api/v1/models/emptied").statusCode()).isEqualTo(404);
    assertThat(data().resolve("models/emptied/1")).doesNotExist();
    assertThat(data().resolve("models/emptied/2")).doesNotExist();
    assertThat(data().resolve("archives/emptied/2")).doesNotExist();
    assertThat(delete("/api/v1/models/emptied")).isEqualTo(404);
    assertThat(register("emptied").version()).isEqualTo(3);
  }

  @Test
  void a_number_is_never_given_again() throws Exception {
    publish("counting");
    delete("/api/v1/models/counting/versions/1");
    assertThat(get("/api/v1/models/counting").statusCode()).isEqualTo(404);

    assertThat(publish("counting").version()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/models/nobody",
        "/api/v1/models/nobody/versions",
        "/api/v1/models/nobody/versions/1",
        "/api/v1/models/known/versions/2",
        "/api/v1/models/known/versions/0",
        "/api/v1/models/known/versions/01",
        "/api/v1/models/known/versions/-1",
        "/api/v1/models/known/versions/99999999999",
        "/api/v1/models/known/versions/newest",
        "/api/v1/models/Known",
        "/api/v1/models/%F0%9F%8C%B7",
        "/api/v1/models/known%20/versions/1",
        "/api/v1/models/..%00/versions/1/download",
        "/v1/models/nobody",
        "/v1/models/nobody/versions/1"
      })
  void what_is_not_there_is_not_found(String path) throws Exception {
    if (!get("/api/v1/models/known").body().contains("\"latestVersion\":1")) {
      publish("known");
    }

    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isIn(404, path.contains("%00") ? 400 : 404);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/models/..%2f..%2fdb/versions/1/download",
        "/api/v1/models/%2e%2e/versions/1/download",
        "/api/v1/models/..;/..;/db",
        "/api/v1/models/x/versions/..%2f..%2f1/download",
        "/v1/models/..%2fx",
        "/v1/models/..%5cx"
      })
  void a_path_that_climbs_is_refused(String path) throws Exception {
    assertThat(get(path).statusCode()).isIn(400, 404);
  }

  @Test
  void every_operation_is_described_with_an_example() throws Exception {
    JsonNode paths = json(get("/v3/api-docs")).get("paths");

    Map<String, JsonNode> ours = new java.util.TreeMap<>();
    paths
        .propertyStream()
        .filter(path -> path.getKey().contains("/models"))
        .forEach(path -> ours.put(path.getKey(), path.getValue()));
    assertThat(ours.keySet())
        .contains(
            "/api/v1/models",
            "/api/v1/models/{name}/versions/{version}/download",
            "/v1/models/{name}:predict",
            "/v1/models/{name}/versions/{version}:predict");
    ours.forEach(
        (path, operations) ->
            operations.forEach(
                operation -> {
                  assertThat(operation.path("summary").asString()).as(path).isNotEmpty();
                  assertThat(operation.toString()).as(path).contains("\"example");
                }));
  }

  private int delete(String path) throws Exception {
    return bytes(request(path).method("DELETE", HttpRequest.BodyPublishers.noBody())).statusCode();
  }

  private static JsonNode json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return SpecJson.MAPPER.readTree(response.body());
  }
}
