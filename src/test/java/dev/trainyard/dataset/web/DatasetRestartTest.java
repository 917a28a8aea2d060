package dev.trainyard.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.dataset.archive.TestZips;
import dev.trainyard.dataset.image.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("database")
class DatasetRestartTest {

  /** Whose end would give the conversion time. */
  private static final String NO_WORKER = "--trainyard.worker.slots=0";

  private static final int LARGE_IMAGES = 12;

  @TempDir Path data;

  @Test
  void a_restart_converts_anew_what_it_interrupted_and_tells_what_was_lost() throws Exception {
    byte[] zip = slowToConvert();
    String interrupted;
    String lost;
    try (DatasetService first = new DatasetService(data, NO_WORKER)) {
      interrupted = DatasetService.json(first.upload("flowers", zip)).get("id").asString();
      lost = DatasetService.json(first.upload("flowers", zip)).get("id").asString();
      assertThat(first.delete("/" + interrupted).statusCode()).isEqualTo(409);
      assertThat(first.get("/" + interrupted + "/quarantine").statusCode()).isEqualTo(409);
    }
    assertThat(data.resolve("uploads").resolve(interrupted)).isRegularFile();
    assertThat(data.resolve("datasets").resolve(interrupted)).doesNotExist();
    Files.delete(data.resolve("uploads").resolve(lost));

    try (DatasetService second = new DatasetService(data)) {
      JsonNode ready = second.await(interrupted);
      assertThat(ready.get("state").asString()).as(ready.toString()).isEqualTo("READY");
      assertThat(ready.get("trainExamples").asInt()).isEqualTo(LARGE_IMAGES - 2);
      await() // READY comes a moment before
          .untilAsserted(
              () -> assertThat(data.resolve("uploads").resolve(interrupted)).doesNotExist());
      assertThat(second.await(lost).get("reason").asString()).isEqualTo("UPLOAD_LOST");
    }
  }

  /** PNGs of six megapixels, each of which takes a good part of a second. */
  private static byte[] slowToConvert() throws Exception {
    TestZips zip = new TestZips();
    byte[] png = TestImages.png(3000, 2000);
    for (int i = 0; i < LARGE_IMAGES; i++) {
      zip.with((i % 2 == 0 ? "daisy/" : "rose/") + i + ".png", png);
    }
    return zip.zip();
  }
}
