package dev.trainyard.model.web;

import dev.trainyard.model.archive.Archive;
import dev.trainyard.model.archive.ArchiveFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** An archive that is about to be sent, and its headers. */
record Download(String fileName, ArchiveFormat format, Archive archive) {

  /** Strong: the archive's digest. */
  String etag() {
    return "\"" + archive.sha256() + "\"";
  }

  ResponseEntity<Void> head() throws IOException {
    return ResponseEntity.ok().headers(headers()).contentLength(Files.size(archive.file())).build();
  }

  ResponseEntity<Resource> unchanged() {
    return ResponseEntity.status(304).eTag(etag()).build();
  }

  /**
   * All of it, or the ranges that {@code request} asks for; a range that was asked for on the
   * condition of another archive (If-Range) is not what the client wants any more.
   */
  ResponseEntity<Resource> body(HttpHeaders request) throws IOException {
    List<String> conditions = request.getOrEmpty(HttpHeaders.IF_RANGE);
    if (conditions.isEmpty() || conditions.equals(List.of(etag()))) {
      return ResponseEntity.ok().headers(headers()).body(new FileSystemResource(archive.file()));
    }
    // Spring MVC cuts ranges out of every Resource but this kind.
    return ResponseEntity.ok()
        .headers(headers())
        .contentLength(Files.size(archive.file()))
        .body(new InputStreamResource(() -> Files.newInputStream(archive.file())));
  }

  private HttpHeaders headers() {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.parseMediaType(format.mediaType()));
    headers.setContentDisposition(ContentDisposition.attachment().filename(fileName).build());
    headers.setETag(etag());
    headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
    headers.set(
        "Repr-Digest",
        "sha-256=:"
            + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(archive.sha256()))
            + ":");
    return headers;
  }
}
