package dev.trainyard.model.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** A version's SavedModel as one file, or one file of it. */
@RestController
@RequestMapping("/api/v1/models/{name}/versions/{version}")
@Tag(name = "models")
@ConditionalOnRole(Role.API)
class DownloadController {

  private final Downloads downloads;

  DownloadController(Downloads downloads) {
    this.downloads = downloads;
  }

  @Refuses({Problem.RANGE_NOT_SATISFIABLE, Problem.MODEL_DAMAGED, Problem.DISK_FULL})
  @GetMapping("/download")
  @Operation(
      summary = "Download a model's version",
      description =
          "The SavedModel below one folder that is named after the version: unpacked into"
              + " a model's folder, TensorFlow Serving finds it. The same version and format"
              + " always gives the same bytes. Ranges, If-Range and If-None-Match work;"
              + " `curl -OJ -C -` resumes.")
  @ApiResponse(
      responseCode = "200",
      description = "The archive.",
      headers = {
        @Header(
            name = "Repr-Digest",
            description = "SHA-256 of the whole archive (RFC 9530).",
            schema = @Schema(example = "sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:")),
        @Header(name = "ETag", description = "Strong.", schema = @Schema(type = "string"))
      },
      content = {@Content(mediaType = "application/zip"), @Content(mediaType = "application/gzip")})
  @ApiResponse(responseCode = "206", description = "The ranges asked for.", content = @Content)
  @ApiResponse(responseCode = "304", description = "You have it already.", content = @Content)
  @ApiResponse(responseCode = "404", description = "There is no such version.", content = @Content)
  @ApiResponse(responseCode = "416", description = "It is shorter than that.", content = @Content)
  @ApiResponse(responseCode = "422", description = "No such format.", content = @Content)
  @ApiResponse(
      responseCode = "500",
      description = "A file is not what was registered; nothing is sent.",
      content = @Content)
  ResponseEntity<?> download(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "champion", description = ModelExamples.ANY_VERSION)
          String version,
      @RequestParam(defaultValue = "zip") @Parameter(example = "zip", description = "zip or tar.gz")
          String format,
      @RequestHeader HttpHeaders headers,
      ServletWebRequest request)
      throws IOException {
    Download download = downloads.prepare(name, version, format);
    return request.checkNotModified(download.etag())
        ? download.unchanged()
        : downloads.begin(download, headers);
  }

  @Refuses({Problem.MODEL_DAMAGED, Problem.DISK_FULL})
  @RequestMapping(path = "/download", method = RequestMethod.HEAD)
  @Operation(summary = "Size and digest of a download")
  @ApiResponse(responseCode = "200", description = "The headers of the download.")
  ResponseEntity<Void> head(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "champion", description = ModelExamples.ANY_VERSION)
          String version,
      @RequestParam(defaultValue = "zip") @Parameter(example = "zip", description = "zip or tar.gz")
          String format)
      throws IOException {
    return downloads.prepare(name, version, format).head();
  }

  @Refuses({Problem.RANGE_NOT_SATISFIABLE, Problem.MODEL_DAMAGED})
  @GetMapping("/files/{*path}")
  @Operation(
      summary = "Download one file of a model's version",
      description =
          "One of the manifest's. Ranges and conditions work as with the whole. Its bytes are checked"
              + " against the digest that was registered before any is sent.")
  @ApiResponse(
      responseCode = "200",
      description = "The file.",
      headers = {
        @Header(
            name = "Repr-Digest",
            description = "SHA-256 of the whole file (RFC 9530).",
            schema = @Schema(example = "sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:")),
        @Header(name = "ETag", description = "Strong.", schema = @Schema(type = "string"))
      },
      content = @Content(mediaType = "application/octet-stream"))
  @ApiResponse(responseCode = "206", description = "The ranges asked for.", content = @Content)
  @ApiResponse(responseCode = "304", description = "You have it already.", content = @Content)
  @ApiResponse(responseCode = "404", description = "There is no such file.", content = @Content)
  @ApiResponse(responseCode = "416", description = "It is shorter than that.", content = @Content)
  @ApiResponse(
      responseCode = "500",
      description = "It is not what was registered; nothing is sent.",
      content = @Content)
  ResponseEntity<?> file(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "champion", description = ModelExamples.ANY_VERSION)
          String version,
      @PathVariable @Parameter(example = "saved_model.pb") String path,
      @RequestHeader HttpHeaders headers,
      ServletWebRequest request)
      throws IOException {
    Download download = downloads.prepareFile(name, version, path.substring(1));
    return request.checkNotModified(download.etag())
        ? download.unchanged()
        : downloads.begin(download, headers);
  }

  @Refuses(Problem.MODEL_DAMAGED)
  @RequestMapping(path = "/files/{*path}", method = RequestMethod.HEAD)
  @Operation(summary = "Size and digest of one file of a model's version")
  @ApiResponse(responseCode = "200", description = "The headers of the download.")
  ResponseEntity<Void> fileHead(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "champion", description = ModelExamples.ANY_VERSION)
          String version,
      @PathVariable @Parameter(example = "saved_model.pb") String path)
      throws IOException {
    return downloads.prepareFile(name, version, path.substring(1)).head();
  }
}
