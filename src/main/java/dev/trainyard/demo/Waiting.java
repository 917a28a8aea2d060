package dev.trainyard.demo;

import dev.trainyard.demo.client.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Asks for a resource again and again until it is done.
 *
 * @param interval between two requests
 * @param timeout after which it gives up
 */
record Waiting(Duration interval, Duration timeout) {

  /**
   * Returns the first answer that is {@code done}; every answer, this one included, is shown to
   * {@code watcher} first.
   *
   * @throws DemoFailedException when the time is over
   */
  JsonNode until(ApiClient api, String path, Predicate<JsonNode> done, Consumer<JsonNode> watcher)
      throws IOException, InterruptedException, DemoFailedException {
    long start = System.nanoTime();
    while (true) {
      JsonNode answer = api.get(path);
      watcher.accept(answer);
      if (done.test(answer)) {
        return answer;
      }
      if (System.nanoTime() - start > timeout.toNanos()) {
        throw new DemoFailedException(
            "It took longer than trainyard.demo.timeout, "
                + timeout
                + ". It goes on without the demo; look at "
                + api.address(path));
      }
      Thread.sleep(interval.toMillis());
    }
  }
}
