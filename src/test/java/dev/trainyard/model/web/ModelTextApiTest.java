package dev.trainyard.model.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.model.ModelServiceTest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTextApiTest extends ModelServiceTest {

  @Test
  void tensorflow_serving_is_told_of_the_newest_and_of_those_with_an_alias() throws Exception {
    for (int i = 0; i < 3; i++) {
      register("configured");
    }
    alias("configured", "champion", 1);

    HttpResponse<String> config = get("/api/v1/serving/models.config?basePath=gs://bucket/m");

    assertThat(config.statusCode()).isEqualTo(200);
    assertThat(config.headers().firstValue("Content-Type").get()).startsWith("text/plain");
    assertThat(config.body())
        .contains(
            """
              config {
                name: "configured"
                base_path: "gs://bucket/m/configured"
                model_platform: "tensorflow"
                model_version_policy {
                  specific {
                    versions: 1
                    versions: 3
                  }
                }
                version_labels {
                  key: "champion"
                  value: 1
                }
              }
            """);
  }

  @Test
  void the_file_beside_the_models_follows_every_change() throws Exception {
    register("followed");

    alias("followed", "champion", 1);
    assertThat(file()).contains("key: \"champion\"").isEqualTo(config());
    register("followed");
    send("DELETE", "/api/v1/models/followed/aliases/champion", "application/json", "");
    assertThat(file()).isEqualTo(config());
    send("DELETE", "/api/v1/models/followed", "application/json", "");
    assertThat(file()).doesNotContain("models/followed").isEqualTo(config());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%20", "models", "/a%22b", "/a%0Ab", "/", "/a//b", "http://a/b?c", "/%00"})
  void a_base_path_that_cannot_be_is_refused(String path) throws Exception {
    HttpResponse<String> response = get("/api/v1/serving/models.config?basePath=" + path);

    assertThat(response.statusCode()).as(response.body()).isIn(400, 422);
    assertThat(response.statusCode() == 400 || response.body().contains("\"field\":\"basePath\""))
        .isTrue();
  }

  @Test
  void the_card_tells_what_is_known_and_lets_nobody_else_write_markup() throws Exception {
    register("carded");
    alias("carded", "champion", 1);
    send(
        "PATCH",
        "/api/v1/models/carded/versions/1",
        "application/merge-patch+json",
        "{\"description\": \"<script>alert(1)</script> | [x](http://y) `z`\\n# no heading\\n1. no list\","
            + "\"tags\": {\"team\": \"a|b *c*\"}}");

    HttpResponse<String> response = get("/api/v1/models/carded/versions/champion/card");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").get())
        .isEqualTo("text/markdown;charset=UTF-8");
    String card = response.body();
    assertThat(card)
        .startsWith("# carded, version 1\n")
        .contains("> \\<script\\>alert(1)\\</script\\> \\| \\[x\\](http\\://y) \\`z\\`  \n")
        .contains("> \\# no heading  \n")
        .contains("> 1\\. no list  \n")
        .contains("| Tag team | a\\|b \\*c\\* |")
        .contains("| Aliases | `champion` |")
        .contains("| serving\\_default | input | image\\_bytes | STRING | `[n]` |")
        .contains("| 4 | tulips |")
        .contains("| accuracy | 0.9100 |")
        .contains("| daisy | 0.9100 | 0.9100 | 0.9100 | 11 |")
        .contains("| Images to train on | 1,350 |")
        .contains("| 1 | worker-1 | 2026-03-01T09:00:00Z |")
        .contains("LOST, WORKER\\_LOST | 0 to 100 |")
        .contains("\"batchNorm\" : true")
        .contains("/v1/models/carded/versions/1:predict");
    long columns = -1;
    for (String line : card.lines().toList()) {
      long here =
          line.startsWith("|")
              ? line.replaceAll("\\\\\\|", "").chars().filter(c -> c == '|').count()
              : -1;
      assertThat(columns < 0 || here < 0 || here == columns).as(line).isTrue();
      columns = here;
    }
    String tag = response.headers().firstValue("ETag").get();
    assertThat(
            bytes(
                    request("/api/v1/models/carded/versions/champion/card")
                        .header("If-None-Match", tag))
                .statusCode())
        .isEqualTo(304);
  }

  private String config() throws Exception {
    return get("/api/v1/serving/models.config").body();
  }

  private static String file() throws Exception {
    return Files.readString(data().resolve("models/models.config"));
  }

  private void alias(String model, String alias, int version) throws Exception {
    send(
        "PUT",
        "/api/v1/models/" + model + "/aliases/" + alias,
        "application/json",
        "{\"version\": " + version + "}");
  }
}
