package dev.trainyard.job;

import dev.trainyard.TemporaryData;
import java.nio.file.Path;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The queue as it is by default. */
abstract class UnlimitedQueue extends QueueService {

  static final Path data = TemporaryData.folder();

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }
}
