package dev.trainyard.job.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.event.stream.Content;
import dev.trainyard.trainer.protocol.TrainerLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {

  private static final LogFilter ALL = LogFilter.of(null, null);

  @TempDir Path folder;

  @Test
  void the_last_lines_of_a_long_log_are_found_from_its_end() throws IOException {
    List<String> lines = lines(30_000); // many blocks
    LogReader log = written(String.join("\n", lines) + "\n");
    for (int n : List.of(0, 1, 999, 5000, 29_999, 30_000, 100_000)) {
      assertThat(copy(log, ALL, log.tail(ALL, n)))
          .isEqualTo(lines.subList(Math.max(0, lines.size() - n), lines.size()));
    }
    LogFilter trainer = LogFilter.of(null, LogSource.TRAINER);
    List<String> own = lines.stream().filter(TrainerLine::is).toList();
    assertThat(own).hasSize(10_000);
    assertThat(copy(log, trainer, log.tail(trainer, 4000)))
        .isEqualTo(own.subList(own.size() - 4000, own.size()));
    assertThat(copy(log, LogFilter.of(null, LogSource.TENSORFLOW), 0)).hasSize(20_000);
  }

  @Test
  void what_is_found_has_its_numbers_and_says_where_there_is_more() throws IOException {
    LogReader log = written(String.join("\n", lines(3000)) + "\n");
    LogFilter needle = LogFilter.of("LINE 29", null);
    LogReader.Found first = log.find(needle, 1, 3, false);
    assertThat(first.lines())
        .extracting(line -> line.replaceAll(":.*line", ":line"))
        .containsExactly("30:line 29", "291:line 290", "292:line 291");
    assertThat(first.nextLine()).isEqualTo(293);
    LogReader.Found rest = log.find(needle, 293, 1000, false);
    assertThat(rest.lines()).hasSize(1 + 10 + 100 - 3).first().asString().startsWith("293:");
    assertThat(rest.nextLine()).isNull();
    assertThat(log.find(needle, 1, 2, true).lines())
        .extracting(line -> line.replaceAll(":.*", ""))
        .containsExactly("2999", "3000");
    assertThat(log.find(LogFilter.of("(.*", null), 1, 10, false).lines()).isEmpty();
  }

  @Test
  void a_line_that_never_ends_is_cut_and_none_of_it_is_lost() throws IOException {
    String text = "a\n" + "x".repeat(300_000) + "\nb";
    LogReader log = written(text);
    assertThat(String.join("", copy(log, ALL, 0))).isEqualTo(text.replace("\n", ""));
    assertThat(copy(log, ALL, log.tail(ALL, 1))).containsExactly("b");
    assertThat(log.find(LogFilter.of("b", null), 1, 10, false).lines()).containsExactly("3:b");
    assertThat(log.lastLines()).last().isEqualTo("b");
  }

  @Test
  void the_last_words_are_few_and_whole() throws IOException {
    LogReader log = written(String.join("\n", lines(3000)));
    assertThat(log.lastLines()).hasSize(20).last().asString().endsWith("line 2999");
    assertThat(written("x".repeat(3000) + "\n" + "y".repeat(3000)).lastLines())
        .containsExactly("y".repeat(3000));
    assertThat(new LogReader(folder.resolve("none")).lastLines()).isEmpty();
    assertThat(new LogReader(folder.resolve("none")).tail(ALL, 5)).isZero();
  }

  @Test
  void a_log_is_followed_until_its_job_has_ended() throws IOException {
    Path file = folder.resolve("growing");
    Ending job = new Ending();
    FollowedLog text = new FollowedLog(new LogReader(file), ALL, 0, job, false);
    assertThat(text.next()).isNull();
    add(file, "one\ntw");
    assertThat(text.next()).asString(UTF_8).isEqualTo("one\n");
    assertThat(text.next()).isNull();
    add(file, "o\nthree");
    assertThat(text.next()).asString(UTF_8).isEqualTo("two\n");
    assertThat(text.isOver()).isFalse();
    job.over = true;
    assertThat(text.next()).asString(UTF_8).isEqualTo("three");
    assertThat(text.next()).isNull();
    assertThat(text.isOver()).isTrue();

    FollowedLog events =
        new FollowedLog(new LogReader(file), LogFilter.of("t", null), 4, job, true);
    assertThat(events.next()).asString(UTF_8).contains("retry:", "id: 4\n");
    assertThat(events.next())
        .asString(UTF_8)
        .startsWith("id: 8\nevent: line\ndata: {")
        .contains("\"text\":\"two\"", "\"source\":\"tensorflow\"", "id: 13\nevent: line");
    assertThat(events.next()).asString(UTF_8).contains("event: end");
    assertThat(events.isOver()).isTrue();
  }

  /** Every third is the trainer's. */
  private static List<String> lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            n -> n % 3 == 0 ? TrainerLine.of(Instant.EPOCH, "line " + n) : "tensorflow line " + n)
        .collect(Collectors.toList());
  }

  private LogReader written(String text) throws IOException {
    return new LogReader(Files.writeString(folder.resolve("log.txt"), text));
  }

  private static void add(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static List<String> copy(LogReader log, LogFilter filter, long from) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    log.copy(filter, from, out);
    return out.toString(UTF_8).lines().toList();
  }

  private static final class Ending implements Content {

    private boolean over;

    @Override
    public byte[] next() {
      return null;
    }

    @Override
    public boolean isOver() {
      return over;
    }

    @Override
    public byte[] heartbeat() {
      return null;
    }
  }
}
