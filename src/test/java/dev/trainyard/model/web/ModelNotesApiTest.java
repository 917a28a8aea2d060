package dev.trainyard.model.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.model.ModelServiceTest;
import dev.trainyard.spec.SpecJson;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ModelNotesApiTest extends ModelServiceTest {

  @Test
  void a_patch_changes_what_it_names_and_null_deletes() throws Exception {
    register("noted");

    JsonNode model =
        json(
            patch(
                "noted",
                "{\"description\": \"Five\\nflowers \\uD83C\\uDF37\", \"tags\": {\"team\": \"vision\", \"draft\": \"yes\"}}"));
    assertThat(model.get("description").asString()).isEqualTo("Five\nflowers \uD83C\uDF37");
    assertThat(model.get("tags").size()).isEqualTo(2);

    model = json(patch("noted", "{\"tags\": {\"draft\": null, \"stage\": \"a:b\"}}"));
    assertThat(model.get("description").asString()).startsWith("Five");
    assertThat(model.get("tags").toString()).isEqualTo("{\"stage\":\"a:b\",\"team\":\"vision\"}");
    assertThat(json(get("/api/v1/models/noted"))).isEqualTo(model);

    model = json(patch("noted", "{\"description\": null, \"tags\": null}"));
    assertThat(model.has("description")).isFalse();
    assertThat(model.get("tags").size()).isZero();
  }

  @Test
  void a_version_is_described_and_stays_what_it_is() throws Exception {
    register("described");
    JsonNode before = json(get("/api/v1/models/described/versions/1"));
    String tag = get("/api/v1/models/described/versions/1").headers().firstValue("ETag").get();

    JsonNode after =
        json(
            patch(
                "described/versions/latest",
                "{\"description\": \"good\", \"tags\": {\"reviewed\": \"yes\"}}"));

    assertThat(after.get("description").asString()).isEqualTo("good");
    assertThat(after.at("/tags/reviewed").asString()).isEqualTo("yes");
    assertThat(after.get("files")).isEqualTo(before.get("files"));
    assertThat(after.get("spec")).isEqualTo(before.get("spec"));
    assertThat(get("/api/v1/models/described/versions/1").headers().firstValue("ETag").get())
        .isNotEqualTo(tag);
    assertThat(json(get("/api/v1/models/described/versions")).at("/items/0/tags/reviewed"))
        .isEqualTo(after.at("/tags/reviewed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"name\": \"x\"};                    name;        is not a field that changes",
        "{\"version\": 2};                     version;     description, tags",
        "{\"description\": 5};                 description; must be a text",
        "{\"description\": \"\\u0000\"};       description; NUL",
        "{\"description\": \"\\ud800\"};       description; none",
        "{\"tags\": [\"a\"]};                  tags;        must be an object",
        "{\"tags\": {\"a\": 1}};               tags.a;      must be a text",
        "{\"tags\": {\"a\": \"\\u0000\"}};     tags.a;      NUL",
        "{\"tags\": {\"\": \"x\"}};            tags.;       must be called",
        "{\"tags\": {\"a b\": \"x\"}};         tags.a b;    must be called",
        "{\"tags\": {\"a:b\": \"x\"}};         tags.a:b;    must be called"
      })
  void a_patch_that_does_not_fit_changes_nothing(String body, String field, String message)
      throws Exception {
    if (get("/api/v1/models/unchanged").statusCode() == 404) {
      register("unchanged");
    }
    String before = get("/api/v1/models/unchanged").body();

    HttpResponse<String> response = patch("unchanged", body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
    assertThat(response.body()).contains("\"field\":\"" + field + "\"").contains(message);
    assertThat(get("/api/v1/models/unchanged").body()).isEqualTo(before);
  }

  @Test
  void there_are_limits() throws Exception {
    register("limited");
    assertThat(
            patch("limited", "{\"description\": \"" + "\u00e9".repeat(5000) + "\"}").statusCode())
        .isEqualTo(200);
    assertThat(patch("limited", "{\"description\": \"" + "x".repeat(5001) + "\"}").body())
        .contains("has 5001 characters; there may be 5000");
    assertThat(patch("limited", "{\"tags\": {\"k\": \"" + "x".repeat(256) + "\"}}").statusCode())
        .isEqualTo(422);
    String tags =
        IntStream.range(0, 51)
            .mapToObj(i -> "\"k" + i + "\": \"v\"")
            .collect(Collectors.joining(", ", "{\"tags\": {", "}}"));
    assertThat(patch("limited", tags).body()).contains("would be 51; there may be 50");
    assertThat(send("PATCH", "/api/v1/models/limited", "application/json", "{}").statusCode())
        .isEqualTo(415);
    assertThat(patch("limited", "[]").statusCode()).isEqualTo(400);
    assertThat(patch("nobody", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void models_are_found_by_tags_and_by_the_beginning_of_their_names() throws Exception {
    for (String name : new String[] {"find_a", "find_b", "findxc"}) {
      register(name);
    }
    patch("find_a", "{\"tags\": {\"team\": \"vision\", \"url\": \"http://a:80,b\"}}");
    patch("find_b", "{\"tags\": {\"team\": \"vision\"}}");
    patch("findxc", "{\"tags\": {\"team\": \"audio\"}}");

    assertThat(names("namePrefix=find_")).isEqualTo("find_a find_b");
    assertThat(names("tag=team:vision")).isEqualTo("find_a find_b");
    assertThat(names("tag=team:vision&tag=url:http://a:80,b")).isEqualTo("find_a");
    assertThat(names("tag=team:audio&namePrefix=find_")).isEmpty();
    assertThat(names("tag=team:vision&pageSize=1")).isEqualTo("find_a");
    assertThat(get("/api/v1/models?tag=team").statusCode()).isEqualTo(422);
    assertThat(get("/api/v1/models?tag=a:%00").statusCode()).isEqualTo(422);
    assertThat(get("/api/v1/models?namePrefix=%00").statusCode()).isEqualTo(422);
  }

  @Test
  void what_was_said_of_a_model_goes_with_it() throws Exception {
    register("forgotten");
    patch("forgotten", "{\"description\": \"old\", \"tags\": {\"a\": \"b\"}}");
    send("DELETE", "/api/v1/models/forgotten/versions/1", "application/json", "");

    register("forgotten");

    JsonNode model = json(get("/api/v1/models/forgotten"));
    assertThat(model.get("latestVersion").asInt()).isEqualTo(2);
    assertThat(model.has("description")).isFalse();
    assertThat(model.get("tags").size()).isZero();
  }

  private String names(String query) throws Exception {
    return json(get("/api/v1/models?" + query))
        .get("items")
        .valueStream()
        .map(it -> it.get("name").asString())
        .collect(Collectors.joining(" "));
  }

  private HttpResponse<String> patch(String path, String body) throws Exception {
    return send("PATCH", "/api/v1/models/" + path, "application/merge-patch+json", body);
  }

  private static JsonNode json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return SpecJson.MAPPER.readTree(response.body());
  }
}
