package dev.trainyard.model;

import dev.trainyard.ApiClient;
import dev.trainyard.TestToken;
import dev.trainyard.model.predict.PredictorLauncher;
import dev.trainyard.model.predict.PredictorProgram;
import dev.trainyard.process.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.unit.DataSize;

/**
 * The service over HTTP with a data folder of its own, and with {@link PredictorProgram} as the
 * predictor process. The tests share it; each takes a model name of its own.
 */
@Tag("database")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "trainyard.model.prediction-timeout=20s",
      "trainyard.model.max-instances=4",
      "trainyard.model.max-request-size=1MB",
      "trainyard.model.standby-predictors=0"
    })
@Import(ModelServiceTest.TestPredictor.class)
public abstract class ModelServiceTest {

  private static final Path DATA =
      Path.of("target", "model-tests", UUID.randomUUID().toString()).toAbsolutePath();

  @LocalServerPort private int port;
  @Autowired protected ModelRegistry registry;
  @Autowired private VersionLedger ledger;
  @Autowired private ModelFolders folders;

  private final HttpClient client = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void dataFolder(DynamicPropertyRegistry properties) {
    properties.add("trainyard.data-dir", DATA::toString);
  }

  protected static Path data() {
    return DATA;
  }

  /** A new READY version of the model. */
  protected ModelVersionView publish(String name) throws IOException {
    return publish(name, "a graph");
  }

  protected ModelVersionView publish(String name, String graph) throws IOException {
    return registry.publish(finished(UUID.randomUUID().toString(), name, graph), () -> {});
  }

  /** The same, but nobody tries whether it can be loaded: that takes a process. */
  protected ModelVersionView register(String name) throws IOException {
    FinishedModel finished = finished(UUID.randomUUID().toString(), name, "a graph");
    ModelVersion version =
        ledger.reserve(
            finished.jobId(),
            name,
            VersionDetails.of(finished, folders.manifest(finished.export())),
            () -> {});
    folders.publish(finished.export(), folders.of(name, version.version()));
    return ledger.announce(finished.jobId(), () -> {});
  }

  protected static FinishedModel finished(String jobId, String name, String graph)
      throws IOException {
    Path jobs = Files.createDirectories(DATA.resolve("jobs"));
    return Exports.aFinishedModel(jobId, name, Exports.anExport(jobs, graph));
  }

  protected ApiClient api() {
    return new ApiClient(port);
  }

  protected HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("Authorization", TestToken.BEARER);
  }

  protected HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  protected HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  protected HttpResponse<String> send(String method, String path, String type, String body)
      throws Exception {
    return client.send(
        request(path)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  protected HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @TestConfiguration
  public static class TestPredictor {
    @Bean
    @Primary
    PredictorLauncher testPredictorLauncher(ChildJvm jvm) {
      return new PredictorLauncher(jvm, PredictorProgram.class.getName(), DataSize.ofMegabytes(64));
    }
  }
}
