package dev.trainyard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void on_a_terminal_the_status_rewrites_itself_and_leaves_nothing_of_a_longer_one() {
    Screen screen = new Screen(out, true);
    screen.status("step 100");
    screen.status("done");
    screen.line("accuracy %.1f", 0.5);

    assertThat(shown()).isEqualTo("\rstep 100\rdone    \naccuracy 0.5\n");
  }

  @Test
  void elsewhere_each_change_of_the_status_is_a_line() {
    Screen screen = new Screen(out, false);
    screen.status("step 1");
    screen.status("step 1");
    screen.status("step 2");
    screen.line("done");

    assertThat(shown()).isEqualTo("step 1\nstep 2\ndone\n");
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
