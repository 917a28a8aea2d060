package dev.trainyard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.dataset.convert.ConversionFailure;
import dev.trainyard.job.JobReason;
import dev.trainyard.job.WaitReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReasonsDocumentTest {

  @Test
  void the_document_lists_every_reason_in_the_order_of_the_enums() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("src/docs/reasons.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.replaceAll("^\\| `(\\w+)` \\|.*", "$1"))
            .toList();
    assertThat(documented)
        .containsExactlyElementsOf(
            Stream.<Enum<?>[]>of(
                    JobReason.values(), WaitReason.values(), ConversionFailure.values())
                .flatMap(Arrays::stream)
                .map(Enum::name)
                .toList());
  }
}
