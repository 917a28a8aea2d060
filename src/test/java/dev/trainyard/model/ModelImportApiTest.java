package dev.trainyard.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import dev.trainyard.Trainyard;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.loop.Trainer;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import tools.jackson.databind.JsonNode;

/** Models from elsewhere, sent by curl, looked into and loaded by real processes. */
@Tag("database")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelImportApiTest {

  private final Path data = TemporaryData.folder();

  private ConfigurableApplicationContext service;
  private ApiClient api;
  private Path export;
  private byte[] good;

  @BeforeAll
  void start(@TempDir Path shared) throws IOException {
    service =
        new SpringApplicationBuilder(Trainyard.class)
            .run(
                "--trainyard.data-dir=" + data,
                "--server.port=0",
                "--trainyard.worker.slots=0",
                "--trainyard.model.import.enabled=true");
    api =
        new ApiClient(
            service.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    TrainingPlan plan =
        new TinyPlan(shared.resolve("job"), TinyImages.write(shared, 24, 6)).steps(2, 2).build();
    Trainer.train(plan, event -> {}, () -> false);
    export = plan.export();
    good = zip(Files.readAllBytes(export.resolve("saved_model.pb")));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void a_model_from_elsewhere_becomes_a_version_once_and_is_served() throws IOException {
    ApiClient keyed = api.with("Idempotency-Key", "import-1");
    Answer made = send(keyed, "elsewhere", good);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo("/api/v1/models/elsewhere/versions/1");
    JsonNode version = made.json();
    assertThat(version.get("state").asString()).isEqualTo("READY");
    assertThat(version.get("labels")).hasSize(3);
    assertThat(version.get("parameters").asLong()).isGreaterThan(1000);
    assertThat(version.get("signatures").propertyNames()).contains("serving_default");
    assertThat(version.at("/imported/source").asString()).isEqualTo("a test");
    assertThat(version.at("/imported/archiveSha256").asString()).hasSize(64);
    assertThat(version.has("job")).isFalse();
    assertThat(version.has("spec")).isFalse();
    assertThat(version.has("dataset")).isFalse();
    assertThat(data.resolve("models/elsewhere/1/saved_model.pb")).exists();

    Answer again = send(keyed, "elsewhere", good);
    assertThat(again.status()).as(again.text()).isEqualTo(201);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(version);
    assertThat(send(keyed, "elsewhere", zip(new byte[] {1})).status()).isEqualTo(422);
    assertThat(api.get("/api/v1/models/elsewhere/versions").json().get("items")).hasSize(1);

    byte[] image = dev.trainyard.TinyImages.jpeg(0, 1);
    Answer predicted =
        api.post(
            "/v1/models/elsewhere:predict",
            "{\"instances\": [{\"image_bytes\": {\"b64\": \"%s\"}}]}"
                .formatted(java.util.Base64.getEncoder().encodeToString(image)));
    assertThat(predicted.status()).as(predicted.text()).isEqualTo(200);
    assertThat(predicted.json().at("/predictions/0/probabilities")).hasSize(3);

    Answer card = api.get("/api/v1/models/elsewhere/versions/1/card");
    assertThat(card.status()).as(card.text()).isEqualTo(200);
    assertThat(card.text())
        .contains("imported into [Trainyard]")
        .contains("| Source, as its importer said | a test |")
        .contains(version.at("/imported/archiveSha256").asString())
        .contains("/v1/models/elsewhere/versions/1:predict")
        .doesNotContain("Training procedure", "The job's spec");
    assertThat(Files.readString(data.resolve("models/models.config"))).contains("elsewhere");
  }

  @Test
  void a_model_that_would_write_files_is_refused_with_the_operation_and_its_place()
      throws IOException {
    SavedModel.Builder model =
        SavedModel.parseFrom(Files.readAllBytes(export.resolve("saved_model.pb"))).toBuilder();
    model
        .getMetaGraphsBuilder(0)
        .getGraphDefBuilder()
        .addNode(NodeDef.newBuilder().setName("leak").setOp("WriteFile"));
    Answer refused = send(api, "leaking", zip(model.build().toByteArray()));
    assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    assertThat(refused.json().get("type").asString()).isEqualTo("/problems/model-refused");
    assertThat(refused.json().at("/errors/0/message").asString())
        .contains("WriteFile", "'leak'", "meta graph 0");
    assertThat(api.get("/api/v1/models/leaking").status()).isEqualTo(404);
    assertThat(children(data.resolve("imports"))).isEmpty();
  }

  @Test
  void a_keras_model_with_a_vocabulary_answers_in_both_dialects_as_in_python() throws IOException {
    Answer made = send(api, "words", resource("/imports/words.zip"));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    JsonNode python = SpecJson.MAPPER.readTree(resource("/imports/words.json"));
    JsonNode inputs = python.get("inputs");

    Answer predicted = api.post("/v1/models/words:predict", "{\"inputs\": %s}".formatted(inputs));
    assertThat(predicted.status()).as(predicted.text()).isEqualTo(200);
    assertThat(numbers(predicted.json().get("outputs")))
        .containsExactly(numbers(python.get("outputs")), within(1e-6));

    Answer inferred =
        api.post(
            "/v2/models/words/infer",
            """
            {"inputs": [{"name": "colour", "datatype": "BYTES", "shape": [2, 1], "data": %s},
                        {"name": "note", "datatype": "BYTES", "shape": [2], "data": %s},
                        {"name": "size", "datatype": "FP32", "shape": [2, 2], "data": %s}]}"""
                .formatted(inputs.get("colour"), inputs.get("note"), inputs.get("size")));
    assertThat(inferred.status()).as(inferred.text()).isEqualTo(200);
    assertThat(numbers(inferred.json().at("/outputs/0/data")))
        .containsExactly(numbers(python.get("outputs")), within(1e-6));
  }

  @Test
  void a_part_that_the_form_does_not_know_is_named() {
    Answer refused =
        api.upload(
            "/api/v1/models/elsewhere/versions", "model.zip", good, Map.of("origin", "a test"));
    assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("origin");
    assertThat(refused.json().at("/errors/0/message").asString()).contains("file, source");
  }

  @Test
  void what_is_no_model_or_cannot_be_loaded_is_refused() throws IOException {
    assertThat(send(api, "bad", "hello".getBytes()).status()).isEqualTo(422);
    assertThat(send(api, "bad", zip("no graph".getBytes())).text()).contains("cannot be read");
    ByteArrayOutputStream withoutVariables = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(withoutVariables)) {
      zip.putNextEntry(new ZipEntry("saved_model.pb"));
      zip.write(Files.readAllBytes(export.resolve("saved_model.pb")));
    }
    Answer unloadable = send(api, "bad", withoutVariables.toByteArray());
    assertThat(unloadable.status()).as(unloadable.text()).isEqualTo(422);
    assertThat(send(api, "Bad Name", good).status()).isEqualTo(422);
    assertThat(api.get("/api/v1/models/bad").status()).isEqualTo(404);
  }

  @Test
  void an_import_whose_process_died_before_the_rename_is_finished() throws IOException {
    Path place = data.resolve("imports/orphan-1");
    copy(export, place);
    VersionDetails details =
        VersionDetails.of(
            new ImportedModel("x", "0".repeat(64)), List.of(), Map.of(), 1, List.of());
    service
        .getBean(VersionLedger.class)
        .reserve("import-orphan-1", "interrupted", details, () -> {});
    assertThat(api.get("/api/v1/models/interrupted/versions/1").status()).isEqualTo(404);
    service.getBean(ModelImports.class).takeUp();
    assertThat(api.get("/api/v1/models/interrupted/versions/1").status()).isEqualTo(200);
    assertThat(api.get("/api/v1/models/interrupted/versions/1/card").text())
        .as("with neither signatures nor classes")
        .contains("It brought no names of classes.", "structured_input_signature")
        .doesNotContain("image_bytes");
    assertThat(data.resolve("models/interrupted/1/saved_model.pb")).exists();
    assertThat(place).doesNotExist();
  }

  private static Answer send(ApiClient api, String model, byte[] archive) {
    String path = "/api/v1/models/" + model.replace(" ", "%20") + "/versions";
    return api.upload(path, "model.zip", archive, Map.of("source", "a test"));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream file = ModelImportApiTest.class.getResourceAsStream(name)) {
      return file.readAllBytes();
    }
  }

  /** In the order in which they stand, however they are nested. */
  private static double[] numbers(JsonNode json) {
    return json.isArray()
        ? json.values().stream().flatMapToDouble(it -> Arrays.stream(numbers(it))).toArray()
        : new double[] {json.asDouble()};
  }

  /** The export with another graph. */
  private byte[] zip(byte[] graph) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(export)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = export.relativize(file).toString().replace('\\', '/');
        zip.putNextEntry(new ZipEntry("model/" + name));
        zip.write(name.equals("saved_model.pb") ? graph : Files.readAllBytes(file));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.toList();
    }
  }
}
