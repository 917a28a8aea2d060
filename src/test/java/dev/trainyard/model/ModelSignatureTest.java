package dev.trainyard.model;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.TinyImages;
import dev.trainyard.model.integrity.Sha256;
import dev.trainyard.model.signing.Signatures;
import dev.trainyard.model.signing.SigningKey;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

class ModelSignatureTest extends ModelServiceTest {

  private static final String WEIGHTS = "variables/variables.data-00000-of-00001";
  private static final String QUESTION = "{\"instances\":[{\"b64\":\"AAAA\"}]}";

  @Autowired private Storage storage;
  @Autowired private VersionLedger ledger;
  @Autowired private ModelFolders folders;
  @Autowired private ModelImports imports;
  @Autowired private Signatures signatures;
  @Autowired private JdbcTemplate jdbc;

  @Test
  void what_was_registered_is_signed_by_a_key_that_only_its_owner_reads() throws Exception {
    register("genuine");

    assertThat(version("genuine").get("signed").asBoolean()).isTrue();
    assertThat(verification("genuine").get("signed").asBoolean()).isTrue();
    assertThat(post("/v1/models/genuine:predict", QUESTION).statusCode()).isEqualTo(200);
    assertThat(Files.getPosixFilePermissions(data().resolve("signing-key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(folders.paths(data().resolve("models/genuine/1"))).hasSize(4);
  }

  @Test
  void a_changed_file_is_not_loaded_even_if_its_row_says_it_has_that_digest() throws Exception {
    register("forged");
    Path weights = data().resolve("models/forged/1").resolve(WEIGHTS);
    String before = Sha256.of(weights);
    byte[] forged = Files.readAllBytes(weights);
    forged[77] ^= 1;
    Files.write(weights, forged);
    jdbc.update(
        "update model_version set details = replace(details, ?, ?) where model_name = 'forged'",
        before,
        Sha256.of(weights));

    assertDamaged("forged", "What is registered of version 1 of model 'forged'");
    assertThat(verification("forged").get("intact").asBoolean()).isFalse();
    assertThat(verification("forged").get("files").valueStream())
        .allMatch(it -> it.get("status").asString().equals("OK"));
  }

  @Test
  void a_row_with_another_versions_signature_or_with_another_keys_is_refused() throws Exception {
    register("transplanted");
    register("transplanted");
    jdbc.update(
        "update model_version set signature = (select signature from model_version"
            + " where model_name = 'transplanted' and version = 1) where model_name = 'transplanted' and version = 2");
    assertDamaged("transplanted", "What is registered of version 2");

    Signature another = Signature.getInstance("Ed25519");
    another.initSign(KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
    another.update(new byte[] {1});
    String foreign = Base64.getEncoder().encodeToString(another.sign());
    for (String signature : List.of(foreign, "", "no Base64", "AAAA")) {
      jdbc.update(
          "update model_version set signature = ? where model_name = 'transplanted' and version = 2",
          signature);
      assertDamaged("transplanted", "What is registered of version 2");
    }
    assertThat(post("/v1/models/transplanted/versions/1:predict", QUESTION).statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_file_that_was_not_registered_is_not_loaded_nor_is_a_link_followed() throws Exception {
    register("stuffed");
    Path folder = data().resolve("models/stuffed/1");
    Path extra = Files.writeString(folder.resolve("saved_model.cpb"), "a graph in pieces");
    HttpResponse<String> refused = post("/v1/models/stuffed:predict", QUESTION);
    assertThat(refused.statusCode()).isEqualTo(500);
    assertThat(refused.body()).contains("/problems/model-damaged", "saved_model.cpb");
    Files.delete(extra);
    assertThat(post("/v1/models/stuffed:predict", QUESTION).statusCode()).isEqualTo(200);

    Path elsewhere = data().resolve("elsewhere");
    Files.move(folder.resolve("saved_model.pb"), elsewhere);
    Files.createSymbolicLink(folder.resolve("saved_model.pb"), elsewhere);
    assertThat(post("/v1/models/stuffed:predict", QUESTION).body())
        .contains("/problems/model-damaged", "saved_model.pb");
  }

  @Test
  void what_is_from_before_there_was_a_key_is_signed_once_if_it_is_whole() throws Exception {
    register("old");
    register("rotten-before");
    Files.writeString(data().resolve("models/rotten-before/1/saved_model.pb"), "another graph");
    String unsign = "update model_version set signature = null where model_name = ?";
    List.of("old", "rotten-before").forEach(model -> jdbc.update(unsign, model));
    Files.move(data().resolve("signing-key"), data().resolve("signing-key.new"));
    SigningKey key = new SigningKey(storage);
    assertThat(key.isSettled()).isFalse();

    old(key, Duration.ofHours(23)).tidy();

    assertThat(key.isSettled()).as("another process may not have been upgraded yet").isFalse();
    assertThat(signature("old")).hasSize(88);
    assertThat(signature("rotten-before")).isNull();
    jdbc.update(unsign, "old");
    old(key, Duration.ofHours(25)).tidy();

    assertThat(key.isSettled()).isTrue();
    assertThat(data().resolve("signing-key")).exists();
    assertThat(version("old").get("signed").asBoolean()).isTrue();
    assertDamaged("rotten-before", "What is registered of version 1");
    jdbc.update(unsign, "old"); // as somebody else's row would be
    old(new SigningKey(storage), Duration.ofHours(1)).tidy();
    assertDamaged("old", "What is registered of version 1");
  }

  @Test
  void when_the_key_is_lost_another_one_signs_what_is_whole() throws Exception {
    register("orphaned");
    String before = signature("orphaned");
    Path key = data().resolve("signing-key");
    Path lost = Files.move(key, data().resolve("lost-key"));
    try {
      old(new SigningKey(storage), Duration.ZERO).tidy();

      assertThat(signature("orphaned")).hasSize(88).isNotEqualTo(before);
      assertThat(version("orphaned").get("signed").asBoolean())
          .as("with the key that was")
          .isFalse();
    } finally {
      Files.delete(data().resolve("signing-key.new"));
      Files.move(lost, key);
      ledger.ids().forEach(id -> ledger.sign(id, signatures));
    }
    assertThat(signature("orphaned")).isEqualTo(before);
  }

  @Test
  void no_job_begins_with_weights_that_were_changed() throws Exception {
    register("poisoned");
    Path weights = data().resolve("models/poisoned/1").resolve(WEIGHTS);
    byte[] poisoned = Files.readAllBytes(weights);
    poisoned[77] ^= 1;
    Files.write(weights, poisoned);
    String dataset =
        "/api/v1/datasets/"
            + api()
                .upload(
                    "/api/v1/datasets",
                    "shapes.zip",
                    TinyImages.zip(4, 1),
                    Map.of("name", "poison-shapes", "validationFraction", "0"))
                .json()
                .get("id")
                .asString();
    await().atMost(ofSeconds(30)).until(() -> api().get(dataset).text().contains("\"READY\""));

    String job =
        "/api/v1/jobs/"
            + api()
                .post(
                    "/api/v1/jobs",
                    """
                {"name": "poisoned", "dataset": "poison-shapes", "model": {"type": "linear"},
                 "input": {"height": 16, "width": 16},
                 "training": {"batchSize": 2, "steps": 1, "warmStartFrom": {"model": "poisoned"}},
                 "register": {"model": "offspring"}}
                """)
                .json()
                .get("id")
                .asString();
    await().atMost(ofSeconds(30)).until(() -> state(job).equals("FAILED"));

    JsonNode status = api().get(job).json().get("status");
    assertThat(status.get("reason").asString()).isEqualTo("DATA_ERROR");
    assertThat(status.get("message").asString()).contains(WEIGHTS, "version 1 of model 'poisoned'");
  }

  private OldVersions old(SigningKey key, Duration later) throws IOException {
    Clock clock = Clock.offset(Clock.systemUTC(), later);
    return new OldVersions(key, new Signatures(key), ledger, folders, imports, clock);
  }

  private String signature(String model) {
    return jdbc.queryForObject(
        "select signature from model_version where model_name = ?", String.class, model);
  }

  private String state(String job) {
    return api().get(job).json().at("/status/state").asString();
  }

  private void assertDamaged(String model, String message) throws Exception {
    for (HttpResponse<String> answer :
        List.of(
            post("/v1/models/" + model + ":predict", QUESTION),
            get("/api/v1/models/" + model + "/versions/latest/download"),
            get("/api/v1/models/" + model + "/versions/latest/files/" + WEIGHTS))) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
      assertThat(answer.body()).contains("/problems/model-damaged", message);
    }
    assertThat(version(model).get("signed").asBoolean()).isFalse();
  }

  private JsonNode version(String model) throws Exception {
    return SpecJson.MAPPER.readTree(get("/api/v1/models/" + model + "/versions/latest").body());
  }

  private JsonNode verification(String model) throws Exception {
    return SpecJson.MAPPER.readTree(
        post("/api/v1/models/" + model + "/versions/latest/verify", "").body());
  }
}
