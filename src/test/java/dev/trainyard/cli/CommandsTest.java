package dev.trainyard.cli;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.RunningService;
import dev.trainyard.TestToken;
import dev.trainyard.TinyImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each command against a real service, as people and scripts use them; nothing here knows H2. */
@Tag("h2")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandsTest {

  private static final String ADAM = "{\"type\": \"adam\"}";

  @TempDir static Path folder;

  private static RunningService service;
  private static String server;

  @BeforeAll
  static void start() throws Exception {
    service =
        RunningService.launch(
            folder.resolve("data"),
            List.of("trainyard.worker.standby-trainers=1", "trainyard.model.standby-predictors=0"));
    service.healthy();
    server = service.api().uri("/").toString();
  }

  @AfterAll
  static void end() {
    service.killWithChildren();
  }

  @Test
  @Order(1)
  void an_upload_waits_until_the_dataset_is_ready() throws Exception {
    Path zip = Files.write(folder.resolve("shapes \"1\".zip"), TinyImages.zip(20, 1));
    Run upload =
        run(
            "upload",
            zip.toString(),
            "--name",
            "shapes",
            "-F",
            "validationFraction=0.25",
            "--wait");
    assertThat(upload.exit()).as(upload.err()).isZero();
    assertThat(upload.out())
        .contains("READY shapes, version 1: 45 images to learn from, 15 held out");
    assertThat(run("datasets").out()).containsPattern("shapes +1 +READY +3 +45 +15");
    Run wrong = run("upload", zip.toString(), "--name", "Shapes!", "-F", "seed=x");
    assertThat(wrong.exit()).isEqualTo(5);
    assertThat(wrong.err()).contains("\nseed: ");
  }

  @Test
  @Order(2)
  void a_job_is_submitted_and_watched_until_it_has_succeeded() throws Exception {
    Path spec = Files.writeString(folder.resolve("job.json"), job("good", 40, 20, ADAM));
    Run submit = run("submit", spec.toString(), "--watch");
    assertThat(submit.exit()).as(submit.err()).isZero();
    List<String> lines = submit.out().lines().toList();
    assertThat(lines.get(0)).matches("[0-9a-f-]{36}");
    assertThat(lines)
        .anyMatch(line -> line.matches("(compiling|training|evaluating) .*/40.*"))
        .anyMatch(
            line ->
                line.matches("evaluated at step 40: loss .*, accuracy .* of 15 held-out images"))
        .last()
        .asString()
        .matches("SUCCEEDED after \\d+:\\d\\d, model shapes:1");
    assertThat(submit.err()).isEmpty();

    String id = lines.get(0);
    Run json = run("watch", "good", "-o", "json");
    assertThat(json.exit()).as("by its name").isZero();
    assertThat(json.json().at("/id").asString()).isEqualTo(id);
    assertThat(run("watch", id.substring(0, 6), "-q"))
        .as("by how its id begins")
        .isEqualTo(new Run(0, "", ""));
    assertThat(run("jobs", "--state", "succeeded").out()).contains(id).contains("40/40");
    assertThat(run("jobs", "--state", "QUEUED", "-o", "json").json().at("/items")).isEmpty();
    assertThat(run("models").out()).containsPattern("shapes +1 +1 +-");
    assertThat(run("models", "shapes").out()).contains(id);
    assertThat(run("logs", "good").out())
        .isEqualTo(service.api().get("/api/v1/jobs/" + id + "/log").text());
    assertThat(run("logs", "good", "--tail", "2").out().lines()).hasSize(2);
    assertThat(run("cancel", "good").exit()).as("it has ended").isEqualTo(5);
  }

  @Test
  @Order(3)
  void a_download_that_breaks_off_goes_on_and_is_compared_with_its_digest() throws Exception {
    Path target = folder.resolve("shapes-1.zip");
    try (BreakingProxy proxy =
        new BreakingProxy(service.api().uri("/").getPort(), 60_000, 60_000)) {
      Run download =
          Run.of(proxy.address(), "download", "shapes", "--to", folder.toString(), "-o", "json");
      assertThat(download.exit()).as(download.err()).isZero();
      assertThat(download.json().at("/version").asInt()).isEqualTo(1);
      assertThat(proxy.asked()).contains("Range: bytes=").contains("If-Range: \"");
    }
    try (ZipFile zip = new ZipFile(target.toFile())) {
      assertThat(zip.getEntry("1/saved_model.pb")).isNotNull();
    }
    Run again = run("download", "shapes:1", "--to", target.toString());
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("--force");
    Files.writeString(target, "old");
    Run forced = run("download", "shapes:latest", "--to", target.toString(), "--force");
    assertThat(forced.exit()).as(forced.err()).isZero();
    assertThat(Files.size(target)).isGreaterThan(60_000);
    Run tar = run("download", "shapes", "--format", "tar.gz", "--to", folder.toString(), "-q");
    assertThat(tar).isEqualTo(new Run(0, "", ""));
    assertThat(folder.resolve("shapes-1.tar.gz")).exists();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
    assertThat(run("download", "nothing").exit()).isEqualTo(5);
  }

  @Test
  @Order(4)
  void what_is_wrong_with_a_spec_is_told_field_by_field() {
    Run refused = Run.withInput(job("bad", -1, 20, ADAM), server, "submit", "-");
    assertThat(refused.exit()).isEqualTo(5);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("(422)").containsPattern("\ntraining.steps: must be .*\n");
    assertThat(Run.withInput("{", server, "submit", "-").exit()).isEqualTo(5);
  }

  @Test
  @Order(5)
  void a_job_whose_answer_was_lost_is_made_once_and_cancelled_by_name() throws Exception {
    String spec = job("long", 1_000_000, 1_000_000, ADAM);
    String id;
    try (BreakingProxy proxy = new BreakingProxy(service.api().uri("/").getPort(), 0)) {
      Run submit = Run.withInput(spec, proxy.address(), "submit", "-");
      assertThat(submit.exit()).as(submit.err()).isZero();
      id = submit.out().strip();
      assertThat(proxy.asked().split("POST /api/v1/jobs", -1)).as("sent twice").hasSize(3);
    }
    assertThat(run("jobs", "--name", "long", "-o", "json").json().at("/items")).hasSize(1);
    if (OS.LINUX.isCurrentOs()) {
      interrupted(id);
    }
    Run cancel = run("cancel", "long");
    assertThat(cancel.exit()).as(cancel.err()).isZero();
    assertThat(cancel.out()).isEqualTo("CANCELLING " + id + "\n");
    assertThat(run("logs", "-f", "long").out()).contains("step ");
    assertThat(run("watch", "long").exit()).isEqualTo(3);
  }

  /** Ctrl-C while it is watched, in a process of its own. */
  private void interrupted(String id) throws Exception {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process watch =
        new ProcessBuilder(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.trainyard.Trainyard",
                "watch",
                id,
                "--server",
                server,
                "--token-file",
                TestToken.FILE.toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    await().atMost(ofSeconds(60)).until(() -> Files.readString(out).contains("training"));
    new ProcessBuilder("kill", "-INT", Long.toString(watch.pid())).start().waitFor();
    assertThat(watch.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(watch.exitValue()).isEqualTo(130);
    assertThat(Files.readString(err)).contains("the job goes on").contains(id);
    assertThat(service.api().get("/api/v1/jobs/" + id).json().at("/status/state").asString())
        .isEqualTo("RUNNING");
  }

  @Test
  @Order(6)
  void a_job_that_fails_says_why_with_the_last_lines_of_its_log() {
    String spec =
        job("late", 1_000_000, 1_000_000, ADAM)
            .replace("\"register\"", "\"scheduling\": {\"maxDuration\": \"PT4S\"}, \"register\"");
    Run failed = Run.withInput(spec, server, "submit", "-", "--watch", "-o", "json");
    assertThat(failed.exit()).as(failed.err()).isEqualTo(1);
    assertThat(failed.json().at("/status/state").asString()).isEqualTo("FAILED");
    List<String> said = failed.err().lines().toList();
    assertThat(said.get(0)).startsWith("DEADLINE_EXCEEDED: ");
    String id = failed.json().get("id").asString();
    Stream<String> log = service.api().get("/api/v1/jobs/" + id + "/log").text().lines();
    assertThat(said.size()).isBetween(2, 16);
    assertThat(log.map(line -> "  " + line.strip()).toList())
        .containsSequence(said.subList(1, said.size()));
  }

  @Test
  void a_key_is_made_and_used_and_revoked() throws Exception {
    Run made = run("keys", "create", "robot", "--scope", "read");
    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(made.out()).matches("ty_[0-9a-f]{8}_[0-9a-f]{40}\n");
    assertThat(made.err()).startsWith("Key ");
    Path secret = Files.writeString(folder.resolve("robot"), made.out());
    String id = made.out().substring(3, 11);
    assertThat(run("jobs", "--token-file", secret.toString()).exit()).isZero();
    Run denied = run("keys", "--token-file", secret.toString());
    assertThat(denied.exit()).isEqualTo(5);
    assertThat(denied.err()).contains("scope");
    assertThat(run("keys").out()).contains("robot", "read", id);
    assertThat(run("keys", "rotate", id, "-o", "json").json().get("secret").asString())
        .startsWith("ty_" + id);
    assertThat(run("keys", "revoke", id)).isEqualTo(new Run(0, "", ""));
    assertThat(run("jobs", "--token-file", secret.toString()).exit()).isEqualTo(5);
    assertThat(run("jobs", "--project", "none").out()).doesNotContain("long");
    assertThat(run("jobs", "--project", "No!").exit()).isEqualTo(2);
  }

  private static String job(String name, long steps, long stepsPerEvaluation, String optimizer) {
    return """
        {"name": "%s", "dataset": "shapes", "model": {"type": "cnn", "units": 64},
         "input": {"height": 32, "width": 32, "augmentation": "none"},
         "training": {"batchSize": 16, "steps": %d, "stepsPerEvaluation": %d, "seed": 1, "optimizer": %s},
         "register": {"model": "shapes"}}
        """
        .formatted(name, steps, stepsPerEvaluation, optimizer);
  }

  private static Run run(String... arguments) {
    return Run.of(server, arguments);
  }
}
