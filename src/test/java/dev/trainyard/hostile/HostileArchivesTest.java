package dev.trainyard.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import dev.trainyard.dataset.archive.TestZips;
import dev.trainyard.dataset.image.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Names in archives name nothing but an entry. */
class HostileArchivesTest extends HostileService {

  private static final byte[] IMAGE = TestImages.jpeg(16, 16);

  @Test
  void a_zip_with_every_spelling_as_a_name_leaves_nothing_outside() throws IOException {
    TestZips zip = new TestZips();
    for (String name : Spellings.of(CANARY)) {
      if (StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
        zip.with(name, IMAGE);
      }
    }
    for (int i = 0; i < 4; i++) {
      zip.with("daisy/" + i + ".jpg", IMAGE).with("rose/" + i + ".jpg", IMAGE);
    }
    List<String> before = around();
    JsonNode dataset = convert("zip", zip.zip());
    assertThat(dataset.get("state").asString()).as(dataset.toString()).isEqualTo("READY");
    String setAside =
        new ApiClient(port)
            .get("/api/v1/datasets/" + dataset.get("id").asString() + "/quarantine")
            .text();
    assertThat(setAside).contains("leads out of the archive").doesNotContain(SECRET);
    contained(dataset, before);
  }

  @Test
  void a_tar_of_links_devices_and_doubles_gives_its_plain_files() throws IOException {
    List<String> before = around();
    ByteArrayOutputStream gz = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gz)) {
      out.write(tar());
    }
    for (byte[] archive : List.of(tar(), gz.toByteArray())) {
      JsonNode dataset = convert("tar", archive);
      assertThat(dataset.get("state").asString()).as(dataset.toString()).isEqualTo("READY");
      assertThat(dataset.at("/trainExamples").asInt() + dataset.at("/validationExamples").asInt())
          .as(dataset.toString())
          .isEqualTo(7);
      contained(dataset, before);
    }
  }

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8")) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String name :
          List.of(
              "daisy/1.jpg",
              "daisy/1.jpg", // twice
              "daisy/2.JPG",
              "daisy/2.jpg", // the same on some systems
              "rose/\u00e9.jpg",
              "rose/e\u0301.jpg", // the same when it is composed
              "/rose/1.jpg",
              "rose/" + "n".repeat(1000) + ".jpg",
              "rose/./2.jpg",
              "rose/3.jpg",
              "../../canary.txt",
              "rose/../../../up.jpg")) {
        plain(out, name, IMAGE);
      }
      plain(out, "rose/nested.zip", new TestZips().with("../x.jpg", IMAGE).zip());
      for (byte kind :
          new byte[] {
            TarConstants.LF_SYMLINK,
            TarConstants.LF_LINK,
            TarConstants.LF_CHR,
            TarConstants.LF_BLK,
            TarConstants.LF_FIFO
          }) {
        TarArchiveEntry entry = new TarArchiveEntry("rose/special" + kind + ".jpg", kind);
        entry.setLinkName(CANARY.toString());
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static void plain(TarArchiveOutputStream out, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
  }

  private JsonNode convert(String name, byte[] archive) {
    ApiClient api = new ApiClient(port);
    Answer answer =
        api.upload(
            "/api/v1/datasets",
            "../../" + name,
            archive,
            Map.of("name", name, "maxBadRecords", "10000", "validationFraction", "0"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    String id = answer.json().get("id").asString();
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> api.get("/api/v1/datasets/" + id).json(),
            it -> !it.get("state").asString().equals("CONVERTING"));
  }

  private static void contained(JsonNode dataset, List<String> before) throws IOException {
    assertThat(around()).isEqualTo(before);
    assertThat(Files.readString(CANARY)).isEqualTo(SECRET + "\n");
    Path folder = DATA.resolve("datasets").resolve(dataset.get("id").asString());
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files)
          .allSatisfy(file -> assertThat(file.getFileName().toString()).matches("[a-z0-9.-]+"))
          .noneMatch(Files::isSymbolicLink);
    }
    assertThat(TemporaryData.halfWritten(DATA)).isEmpty();
  }
}
