package dev.trainyard.model.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.model.ModelServiceTest;
import dev.trainyard.spec.SpecJson;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AliasApiTest extends ModelServiceTest {

  @Test
  void an_alias_stands_for_a_version_wherever_one_is_named() throws Exception {
    register("promoted");
    register("promoted");

    JsonNode alias = json(put("promoted", "champion", "1"));

    assertThat(alias.get("version").asInt()).isEqualTo(1);
    assertThat(alias.has("previousVersion")).isFalse();
    JsonNode version = json(get("/api/v1/models/promoted/versions/champion"));
    assertThat(version.get("version").asInt()).isEqualTo(1);
    assertThat(version.get("aliases").valueStream().map(JsonNode::asString))
        .containsExactly("champion");
    assertThat(get("/api/v1/models/promoted/versions/champion/download").headers().map())
        .containsEntry("Content-Disposition", List.of("attachment; filename=\"promoted-1.zip\""));
    assertThat(get("/v1/models/promoted/versions/champion").body()).contains("\"version\":\"1\"");
    assertThat(json(get("/api/v1/models/promoted/versions")).at("/items/1/aliases/0").asString())
        .isEqualTo("champion");
  }

  @Test
  void one_request_moves_it_and_tells_where_it_was_also_when_it_is_sent_again() throws Exception {
    register("moved");
    register("moved");
    put("moved", "champion", "1");

    JsonNode first = json(put("moved", "champion", "2"));
    JsonNode again = json(put("moved", "champion", "2"));

    assertThat(first.get("version").asInt()).isEqualTo(2);
    assertThat(first.get("previousVersion").asInt()).isEqualTo(1);
    assertThat(again).isEqualTo(first);
    assertThat(json(get("/api/v1/models/moved/aliases")).at("/aliases/0")).isEqualTo(first);
    assertThat(json(get("/api/v1/models/moved/aliases/champion"))).isEqualTo(first);
  }

  @Test
  void an_alias_can_be_set_to_where_another_one_stands() throws Exception {
    register("copied");
    register("copied");
    put("copied", "challenger", "\"latest\"");

    assertThat(json(put("copied", "champion", "\"challenger\"")).get("version").asInt())
        .isEqualTo(2);
  }

  @Test
  void rollbacks_go_back_step_by_step_and_the_moves_are_kept() throws Exception {
    for (int version = 1; version <= 3; version++) {
      register("stepped");
      put("stepped", "champion", "" + version);
    }

    assertThat(json(rollBack("stepped", "champion")).get("version").asInt()).isEqualTo(2);
    assertThat(json(rollBack("stepped", "champion")).get("version").asInt()).isEqualTo(1);
    HttpResponse<String> end = rollBack("stepped", "champion");

    assertThat(end.statusCode()).isEqualTo(409);
    assertThat(end.body()).contains("/problems/illegal-state").contains("no version before 1");
    assertThat(
            json(get("/api/v1/models/stepped/aliases/champion/moves"))
                .get("moves")
                .valueStream()
                .map(it -> it.get("kind").asString() + " " + it.get("toVersion").asInt()))
        .containsExactly("ROLLBACK 1", "ROLLBACK 2", "SET 3", "SET 2", "SET 1");
  }

  @Test
  void there_is_no_rollback_to_a_version_that_is_gone() throws Exception {
    register("lost");
    register("lost");
    put("lost", "champion", "1");
    put("lost", "champion", "2");
    assertThat(delete("/api/v1/models/lost/versions/1").statusCode()).isEqualTo(204);

    HttpResponse<String> response = rollBack("lost", "champion");

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body()).contains("Version 1").contains("is gone");
    assertThat(json(get("/api/v1/models/lost/aliases/champion")).get("version").asInt())
        .isEqualTo(2);
  }

  @Test
  void a_deleted_alias_is_gone_and_begins_anew() throws Exception {
    register("renamed");
    register("renamed");
    put("renamed", "champion", "1");
    put("renamed", "champion", "2");

    assertThat(delete("/api/v1/models/renamed/aliases/champion").statusCode()).isEqualTo(204);

    assertThat(delete("/api/v1/models/renamed/aliases/champion").statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/models/renamed/versions/champion").statusCode()).isEqualTo(404);
    assertThat(rollBack("renamed", "champion").statusCode()).isEqualTo(404);
    assertThat(json(put("renamed", "champion", "2")).has("previousVersion")).isFalse();
  }

  @Test
  void a_version_behind_an_alias_is_deleted_only_by_force() throws Exception {
    register("protected");
    put("protected", "champion", "1");
    put("protected", "stable", "1");

    HttpResponse<String> refused = delete("/api/v1/models/protected/versions/1");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body())
        .contains("/problems/in-use")
        .contains("champion (version 1), stable (version 1)");
    assertThat(get("/api/v1/models/protected/versions/1").statusCode()).isEqualTo(200);

    assertThat(delete("/api/v1/models/protected/versions/1?force=true").statusCode())
        .isEqualTo(204);
    register("protected");
    assertThat(json(get("/api/v1/models/protected/aliases")).get("aliases").size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "latest    | {\"version\": 1}       | 422 | alias   | reserved",
        "7         | {\"version\": 1}       | 422 | alias   | begin with a letter",
        "Champion  | {\"version\": 1}       | 422 | alias   | lower-case",
        "a%20b     | {\"version\": 1}       | 422 | alias   | lower-case",
        "ends-     | {\"version\": 1}       | 422 | alias   | end",
        "champion  | {}                     | 422 | version | must be the number",
        "champion  | {\"version\": null}    | 422 | version | must be the number",
        "champion  | {\"version\": 0}       | 422 | version | must be the number",
        "champion  | {\"version\": -1}      | 422 | version | must be the number",
        "champion  | {\"version\": 1.5}     | 422 | version | must be",
        "champion  | {\"version\": [1]}     | 422 | version | must be",
        "champion  | {\"version\": \"X\"}   | 422 | version | must be the number",
        "champion  | {\"versions\": 1}      | 422 | versions| not a known field",
        "champion  | {\"version\": 9}       | 404 | -       | no version and no alias '9'",
        "champion  | {\"version\": \"x\"}   | 404 | -       | no version and no alias 'x'",
        "champion  | [                      | 400 | -       | malformed-request"
      })
  void what_cannot_be_is_refused(
      String alias, String body, int status, String field, String message) throws Exception {
    if (get("/api/v1/models/strict").statusCode() == 404) {
      register("strict");
    }

    HttpResponse<String> response =
        send("PUT", "/api/v1/models/strict/aliases/" + alias, "application/json", body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains(message);
    if (field != null) {
      assertThat(response.body()).contains("\"field\":\"" + field + "\"");
    }
  }

  @Test
  void an_alias_never_stands_for_a_version_that_is_gone() throws Exception {
    register("raced");
    for (int round = 0; round < 10; round++) {
      int version = register("raced").version();
      List<Callable<Integer>> requests =
          List.of(
              () -> put("raced", "champion", "" + version).statusCode(),
              () -> delete("/api/v1/models/raced/versions/" + version).statusCode());

      List<Integer> answers = inParallel(requests);

      boolean there = get("/api/v1/models/raced/versions/" + version).statusCode() == 200;
      assertThat(answers).isEqualTo(there ? List.of(200, 409) : List.of(404, 204));
      assertThat(get("/api/v1/models/raced/versions/champion").statusCode())
          .isEqualTo(there ? 200 : 404);
      if (there) {
        delete("/api/v1/models/raced/aliases/champion");
      }
    }
  }

  @Test
  void parallel_moves_are_one_after_the_other() throws Exception {
    List<Callable<Integer>> requests = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      String version = "" + register("crowded").version();
      requests.add(() -> put("crowded", "champion", version).statusCode());
    }

    assertThat(inParallel(requests)).containsOnly(200);

    List<JsonNode> moves =
        json(get("/api/v1/models/crowded/aliases/champion/moves"))
            .get("moves")
            .valueStream()
            .toList();
    assertThat(moves).hasSize(6);
    for (int i = 0; i < 5; i++) {
      assertThat(moves.get(i).get("fromVersion")).isEqualTo(moves.get(i + 1).get("toVersion"));
    }
  }

  private HttpResponse<String> put(String model, String alias, String version) throws Exception {
    return send(
        "PUT",
        "/api/v1/models/" + model + "/aliases/" + alias,
        "application/json",
        "{\"version\": " + version + "}");
  }

  private HttpResponse<String> rollBack(String model, String alias) throws Exception {
    return post("/api/v1/models/" + model + "/aliases/" + alias + "/rollback", "");
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return send("DELETE", path, "application/json", "");
  }

  private static <T> List<T> inParallel(List<Callable<T>> calls) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(calls.size());
    try {
      List<T> results = new ArrayList<>();
      for (var result : executor.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }

  private static JsonNode json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return SpecJson.MAPPER.readTree(response.body());
  }
}
