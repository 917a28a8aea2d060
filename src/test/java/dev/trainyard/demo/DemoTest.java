package dev.trainyard.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DemoTest {

  @EnableConfigurationProperties(DemoProperties.class)
  static class Properties {}

  @TempDir Path folder;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Properties.class, Demo.class);

  @Test
  void nothing_is_played_unless_it_is_asked_for() {
    runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Demo.class));
  }

  @Test
  void a_ready_service_is_asked_for_its_flowers_at_its_own_address() throws IOException {
    try (ScriptedService service = new ScriptedService()) {
      service.on("GET /api/v1/datasets/flowers", 500, "{\"title\": \"The service failed\"}");
      runner
          .withPropertyValues(
              "trainyard.demo.enabled=true",
              "trainyard.data-dir=" + folder,
              "server.address=0.0.0.0",
              "local.server.port=" + service.address().getPort())
          .run(
              context -> {
                context.getBean(Demo.class).begin();
                await().atMost(Duration.ofSeconds(20)).until(() -> !service.requests().isEmpty());
                assertThat(service.requests()).containsExactly("GET /api/v1/datasets/flowers");
              });
    }
  }
}
