package dev.trainyard.model.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.model.ModelFile;
import dev.trainyard.model.ModelServiceTest;
import dev.trainyard.model.ModelVersionView;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Tag("h2")
class DownloadTest extends ModelServiceTest {

  @Autowired private MeterRegistry meters;

  @Test
  void a_zip_holds_every_file_below_the_versions_folder() throws Exception {
    ModelVersionView version = publish("zipped");

    HttpResponse<byte[]> response = bytes(download("zipped", "1"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(unzip(response.body())).isEqualTo(belowFolder("1/", version.files()));
  }

  @Test
  void a_tar_gz_holds_every_file_below_the_versions_folder() throws Exception {
    ModelVersionView version = publish("tarred");

    HttpResponse<byte[]> response = bytes(download("tarred", "latest?format=tar.gz"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("application/gzip");
    assertThat(header(response, "Content-Disposition"))
        .isEqualTo("attachment; filename=\"tarred-1.tar.gz\"");
    assertThat(untar(response.body())).isEqualTo(belowFolder("1/", version.files()));
  }

  @Test
  void the_headers_name_the_file_its_length_and_its_digest() throws Exception {
    publish("labelled");

    HttpResponse<byte[]> response = bytes(download("labelled", "1?format=zip"));

    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(response.body());
    assertThat(header(response, "Content-Disposition"))
        .isEqualTo("attachment; filename=\"labelled-1.zip\"");
    assertThat(header(response, "Content-Type")).isEqualTo("application/zip");
    assertThat(header(response, "Content-Length"))
        .isEqualTo(Integer.toString(response.body().length));
    assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(response, "ETag")).isEqualTo("\"" + HexFormat.of().formatHex(sha256) + "\"");
    assertThat(header(response, "Repr-Digest"))
        .isEqualTo("sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":");
  }

  @Test
  void an_archive_that_is_packed_anew_has_the_same_bytes() throws Exception {
    publish("packed-twice");
    byte[] zip = bytes(download("packed-twice", "1")).body();
    byte[] tar = bytes(download("packed-twice", "1?format=tar.gz")).body();
    deleteFolder(data().resolve("archives/packed-twice"));

    assertThat(bytes(download("packed-twice", "1")).body()).isEqualTo(zip);
    assertThat(bytes(download("packed-twice", "1?format=tar.gz")).body()).isEqualTo(tar);
  }

  @Test
  void head_answers_the_same_headers_without_a_body() throws Exception {
    publish("headed");
    HttpResponse<byte[]> get = bytes(download("headed", "1"));

    HttpResponse<byte[]> head =
        bytes(download("headed", "1").method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String name :
        List.of("Content-Length", "ETag", "Repr-Digest", "Content-Disposition", "Accept-Ranges")) {
      assertThat(header(head, name)).as(name).isEqualTo(header(get, name));
    }
  }

  @Test
  void two_ranges_put_together_are_the_whole() throws Exception {
    publish("resumed");
    HttpResponse<byte[]> whole = bytes(download("resumed", "1"));
    int length = whole.body().length;

    HttpResponse<byte[]> first = bytes(download("resumed", "1").header("Range", "bytes=0-99999"));
    HttpResponse<byte[]> rest =
        bytes(
            download("resumed", "1")
                .header("Range", "bytes=100000-")
                .header("If-Range", header(whole, "ETag")));

    assertThat(first.statusCode()).isEqualTo(206);
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(header(rest, "Content-Range"))
        .isEqualTo("bytes 100000-" + (length - 1) + "/" + length);
    assertThat(header(rest, "Repr-Digest")).isEqualTo(header(whole, "Repr-Digest"));
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(first.body());
    joined.write(rest.body());
    assertThat(joined.toByteArray()).isEqualTo(whole.body());
  }

  @Test
  void a_range_of_another_archive_gets_the_whole() throws Exception {
    publish("changed");

    HttpResponse<byte[]> response =
        bytes(
            download("changed", "1")
                .header("Range", "bytes=100000-")
                .header("If-Range", "\"another\""));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(bytes(download("changed", "1")).body());
    assertThat(header(response, "Content-Length"))
        .isEqualTo(Integer.toString(response.body().length));
  }

  @Test
  void a_range_past_the_end_is_not_satisfiable() throws Exception {
    publish("short");
    int length = bytes(download("short", "1")).body().length;

    HttpResponse<byte[]> response =
        bytes(download("short", "1").header("Range", "bytes=" + length + "-"));

    assertThat(response.statusCode()).isEqualTo(416);
    assertThat(header(response, "Content-Range")).isEqualTo("bytes */" + length);
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("/problems/range-not-satisfiable")
        .contains(length + " bytes");
  }

  @Test
  void a_range_in_a_unit_that_is_not_known_is_ignored() throws Exception {
    publish("lined");

    HttpResponse<byte[]> response = bytes(download("lined", "1").header("Range", "lines=1-2"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(bytes(download("lined", "1")).body());
  }

  @Test
  void several_ranges_come_in_parts() throws Exception {
    publish("parted");

    HttpResponse<byte[]> response = bytes(download("parted", "1").header("Range", "bytes=0-1,-2"));

    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(header(response, "Content-Type")).startsWith("multipart/byteranges");
    assertThat(new String(response.body(), StandardCharsets.ISO_8859_1)).contains("PK");
  }

  @Test
  void what_the_client_has_already_is_not_sent_again() throws Exception {
    publish("cached");
    String etag = header(bytes(download("cached", "1")), "ETag");

    HttpResponse<byte[]> response = bytes(download("cached", "1").header("If-None-Match", etag));

    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
    assertThat(header(response, "ETag")).isEqualTo(etag);
  }

  @Test
  void an_unknown_format_is_refused_and_the_known_ones_are_named() throws Exception {
    publish("wanted");

    HttpResponse<String> response = get("/api/v1/models/wanted/versions/1/download?format=rar");

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("\"field\":\"format\"").contains("zip, tar.gz");
  }

  @Test
  void downloads_are_counted_when_they_begin() throws Exception {
    publish("counted");
    String etag = header(bytes(download("counted", "1")), "ETag");
    double before = zipDownloads();

    bytes(download("counted", "1"));
    bytes(download("counted", "1").header("Range", "bytes=5-9"));
    bytes(download("counted", "1").header("If-None-Match", etag));
    bytes(download("counted", "1").method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(zipDownloads() - before).isEqualTo(1);
  }

  private double zipDownloads() {
    return meters.get("trainyard.model.downloads").tag("format", "zip").counter().count();
  }

  private HttpRequest.Builder download(String name, String versionAndQuery) {
    String[] parts = versionAndQuery.split("\\?", 2);
    String query = parts.length == 2 ? "?" + parts[1] : "";
    return request("/api/v1/models/" + name + "/versions/" + parts[0] + "/download" + query);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("(none)");
  }

  private static List<ModelFile> belowFolder(String folder, List<ModelFile> files) {
    return files.stream()
        .map(file -> new ModelFile(folder + file.path(), file.bytes(), file.sha256()))
        .toList();
  }

  private static List<ModelFile> unzip(byte[] archive) throws Exception {
    List<ModelFile> files = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.add(file(entry.getName(), zip.readAllBytes()));
      }
    }
    return files;
  }

  private static List<ModelFile> untar(byte[] archive) throws Exception {
    List<ModelFile> files = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        files.add(file(entry.getName(), tar.readAllBytes()));
      }
    }
    return files;
  }

  private static ModelFile file(String name, byte[] content) throws Exception {
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(content);
    return new ModelFile(name, content.length, HexFormat.of().formatHex(sha256));
  }

  private static void deleteFolder(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
