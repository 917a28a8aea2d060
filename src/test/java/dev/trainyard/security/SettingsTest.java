package dev.trainyard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.Trainyard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** With which settings the service starts, and with which it does not. */
@Tag("h2")
@ExtendWith(OutputCaptureExtension.class)
class SettingsTest {

  @TempDir Path data;

  @Test
  void a_token_for_the_owner_alone_is_made_and_told_where_never_what(CapturedOutput log)
      throws IOException {
    Path file = data.resolve("secrets/token");
    try (ConfigurableApplicationContext service =
        start("--trainyard.security.token-file=" + file)) {
      String token = Files.readString(file).strip();
      assertThat(token).matches(Token.FORM);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(log.getAll())
          .contains("curl -H \"Authorization: Bearer $(cat '" + file + "')\" http://localhost:")
          .doesNotContain(token);
      assertThat(service.getBean("entityManagerFactory")).isNotNull();
    }
  }

  @Test
  void settings_that_would_let_everybody_in_are_refused_in_plain_words(CapturedOutput log)
      throws IOException {
    Path noToken = Files.writeString(data.resolve("empty"), "");
    for (List<String> wrong :
        List.of(
            List.of(
                "could do everything",
                "--trainyard.security.mode=none",
                "--server.address=0.0.0.0"),
            List.of("holds no token", "--trainyard.security.token-file=" + noToken))) {
      String[] arguments = wrong.subList(1, wrong.size()).toArray(new String[0]);
      assertThatThrownBy(() -> start(arguments).close()).as(wrong.toString()).isNotNull();
      assertThat(log.getAll()).contains("APPLICATION FAILED TO START", wrong.get(0));
    }
    assertThat(noToken).isEmptyFile();
  }

  private ConfigurableApplicationContext start(String... settings) {
    String[] all = new String[settings.length + 3];
    System.arraycopy(settings, 0, all, 3, settings.length);
    all[0] = "--trainyard.data-dir=" + data;
    all[1] = "--server.port=0";
    all[2] = "--trainyard.worker.slots=0";
    return new SpringApplicationBuilder(Trainyard.class).run(all);
  }
}
