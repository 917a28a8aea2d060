package dev.trainyard.model.web;

import dev.trainyard.model.ModelFile;
import dev.trainyard.model.archive.Archive;
import dev.trainyard.model.archive.ArchiveFormat;
import dev.trainyard.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/**
 * An archive or file that is about to be sent, and its headers.
 *
 * @param format of the metric's tag
 * @param sha256 of the whole, in lower-case hexadecimal
 */
record Download(String fileName, String format, String mediaType, Path path, String sha256) {

  static Download of(String fileName, ArchiveFormat format, Archive archive) {
    return new Download(
        fileName, format.extension(), format.mediaType(), archive.file(), archive.sha256());
  }

  static Download of(ModelFile file, Path path) {
    return new Download(
        String.valueOf(path.getFileName()),
        "file",
        MediaType.APPLICATION_OCTET_STREAM_VALUE,
        path,
        file.sha256());
  }

  /** Strong: the digest. */
  String etag() {
    return "\"" + sha256 + "\"";
  }

  ResponseEntity<Void> head() throws IOException {
    return ResponseEntity.ok().headers(headers()).contentLength(length()).build();
  }

  ResponseEntity<Resource> unchanged() {
    return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(etag()).build();
  }

  /**
   * The ranges that are asked for, all within it; none when all of it is wanted. A unit that is not
   * known is ignored (RFC 9110, 14.2), and so is a range on the condition of other bytes
   * (If-Range).
   *
   * @throws IllegalArgumentException when it does not have them
   */
  List<HttpRange> ranges(HttpHeaders request) {
    String range = request.getFirst(HttpHeaders.RANGE);
    List<String> conditions = request.getOrEmpty(HttpHeaders.IF_RANGE);
    if (range == null
        || !range.startsWith("bytes=")
        || !(conditions.isEmpty() || conditions.equals(List.of(etag())))) {
      return List.of();
    }
    List<HttpRange> ranges = HttpRange.parseRanges(range);
    HttpRange.toResourceRegions(ranges, file());
    return ranges;
  }

  /** Spring MVC cuts the request's ranges out of it. */
  ResponseEntity<Resource> cut() {
    return ResponseEntity.ok().headers(headers()).body(file());
  }

  /** Whatever the request's Range says: Spring MVC cuts nothing out of this kind of resource. */
  ResponseEntity<Resource> whole() throws IOException {
    return ResponseEntity.ok()
        .headers(headers())
        .contentLength(length())
        .body(new InputStreamResource(() -> Files.newInputStream(path)));
  }

  ResponseEntity<ProblemDetail> notSatisfiable() throws IOException {
    Problem problem = Problem.RANGE_NOT_SATISFIABLE;
    ProblemDetail body =
        ProblemDetail.forStatusAndDetail(problem.status(), "It has " + length() + " bytes.");
    body.setType(problem.type());
    body.setTitle(problem.title());
    body.setProperty("errors", List.of());
    return ResponseEntity.status(problem.status())
        .header(HttpHeaders.CONTENT_RANGE, "bytes */" + length())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(body);
  }

  private FileSystemResource file() {
    return new FileSystemResource(path);
  }

  private long length() throws IOException {
    return Files.size(path);
  }

  private HttpHeaders headers() {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.parseMediaType(mediaType));
    headers.setContentDisposition(ContentDisposition.attachment().filename(fileName).build());
    headers.setETag(etag());
    headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
    headers.set(
        "Repr-Digest",
        "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":");
    return headers;
  }
}
