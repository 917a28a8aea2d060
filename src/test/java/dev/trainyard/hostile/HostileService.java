package dev.trainyard.hostile;

import dev.trainyard.TemporaryData;
import dev.trainyard.model.ModelServiceTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One service for all that is sent to it, with something beside its data folder to steal. */
@Tag("h2")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import({Supplies.class, ModelServiceTest.TestPredictor.class})
abstract class HostileService {

  static final String SECRET = "CANARY-b1f0c2";

  private static final Path AROUND = TemporaryData.folder();
  static final Path DATA = AROUND.resolve("data");
  static final Path CANARY = AROUND.resolve("canary.txt");

  @LocalServerPort int port;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) throws IOException {
    Files.writeString(CANARY, SECRET + "\n");
    registry.add("trainyard.data-dir", DATA::toString);
    registry.add(
        "trainyard.dataset.allowed-folders", () -> create(AROUND.resolve("allowed")).toString());
    registry.add("trainyard.model.import.enabled", () -> true);
    registry.add("trainyard.model.standby-predictors", () -> 0);
    registry.add("trainyard.worker.slots", () -> 0);
    registry.add("trainyard.security.limits.requests-per-second", () -> 0);
    registry.add("trainyard.polling.longest-wait", () -> "50ms");
    registry.add("trainyard.preflight.timeout", () -> "1s");
  }

  private static Path create(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that is there but for what is in the data folder. */
  static List<String> around() {
    try (Stream<Path> all = Files.walk(AROUND)) {
      return all.filter(path -> !path.startsWith(DATA)).map(Path::toString).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
