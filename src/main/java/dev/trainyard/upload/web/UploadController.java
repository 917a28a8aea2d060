package dev.trainyard.upload.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.idempotency.IdempotentRequest;
import dev.trainyard.idempotency.Once;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.Refuses;
import dev.trainyard.upload.UploadProperties;
import dev.trainyard.upload.UploadView;
import dev.trainyard.upload.UploadWriting;
import dev.trainyard.upload.Uploads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** tus 1.0: core, creation, termination, checksum, expiration. */
@RestController
@RequestMapping("/api/v1/uploads")
@Tag(name = "Uploads", description = "Large uploads in pieces, resumable (tus 1.0)")
@ConditionalOnRole(Role.API)
class UploadController {

  private static final String LENGTH = "Upload-Length";
  private static final String OFFSET = "Upload-Offset";
  private static final String METADATA = "Upload-Metadata";
  private static final String CHECKSUM = "Upload-Checksum";
  private static final String OCTETS = "application/offset+octet-stream";

  /** Pairs; that they are, is looked at one by one: a pattern of all would be a recursion. */
  private static final String PAIRS = "[!-+\\x2D-~][ -~]*";

  private final Uploads uploads;
  private final UploadWriting writing;
  private final UploadProperties properties;

  UploadController(Uploads uploads, UploadWriting writing, UploadProperties properties) {
    this.uploads = uploads;
    this.writing = writing;
    this.properties = properties;
  }

  @RequestMapping(method = RequestMethod.OPTIONS)
  @Operation(summary = "What of tus is spoken here", description = "The answer is in its headers.")
  @ApiResponse(
      responseCode = "204",
      description = "Tus-Version, Tus-Extension, Tus-Max-Size",
      headers = @Header(name = Tus.VERSIONS, schema = @Schema(example = Tus.VERSION)))
  ResponseEntity<Void> options() {
    return ResponseEntity.noContent()
        .header(Tus.VERSIONS, Tus.VERSION)
        .header("Tus-Extension", "creation,termination,checksum,expiration")
        .header("Tus-Max-Size", String.valueOf(properties.maxSize().toBytes()))
        .header("Tus-Checksum-Algorithm", "sha1,sha256,md5")
        .build();
  }

  @Refuses({Problem.UPLOAD_TOO_LARGE, Problem.TOO_MANY_UPLOADS, Problem.TUS_VERSION_UNSUPPORTED})
  @PostMapping
  @Operation(
      summary = "Begin an upload",
      description =
          "Says how many bytes will come. Send them with PATCH to the Location, in as many pieces"
              + " as you like; after any interruption HEAD says where to go on. Then make a dataset"
              + " of it with POST /api/v1/datasets and upload=ID.")
  @ApiResponse(
      responseCode = "201",
      description = "Begun; send the bytes to the Location",
      headers =
          @Header(
              name = HttpHeaders.LOCATION,
              schema = @Schema(example = "/api/v1/uploads/" + UploadExamples.ID)))
  @ApiResponse(responseCode = "413", description = "It would be larger than is taken")
  @ApiResponse(responseCode = "429", description = "There are too many uploads")
  @ApiResponse(responseCode = "507", description = "There is no room for it")
  ResponseEntity<Void> create(
      @Parameter(description = "Bytes in all", example = "1073741824") @RequestHeader(LENGTH)
          long length,
      @Parameter(
              description = "Pairs of a key and a value in base 64; kept, and given back",
              example = "filename Zmxvd2Vycy56aXA=")
          @RequestHeader(name = METADATA, required = false)
          @Size(max = 4000)
          @Pattern(regexp = PAIRS, message = "must be pairs of a key and a value in base 64")
          @Nullable String metadata,
      IdempotentRequest request) {
    Once<UploadView> upload = uploads.create(request, length, metadata);
    return upload
        .answer(HttpStatus.CREATED, "/api/v1/uploads/" + upload.resource().id())
        .headers(headers(upload.resource()))
        .build();
  }

  @Refuses(Problem.TUS_VERSION_UNSUPPORTED)
  @RequestMapping(path = "/{id}", method = RequestMethod.HEAD)
  @Operation(summary = "Where an upload stands", description = "Upload-Offset is where to go on.")
  @ApiResponse(
      responseCode = "200",
      description = "Upload-Offset and Upload-Length",
      headers = @Header(name = OFFSET, schema = @Schema(example = "67108864")))
  @ApiResponse(responseCode = "404", description = "It is not there, or no longer")
  ResponseEntity<Void> head(
      @Parameter(description = "Id", example = UploadExamples.ID) @PathVariable String id) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .headers(headers(uploads.view(id)))
        .build();
  }

  @Refuses(Problem.TUS_VERSION_UNSUPPORTED)
  @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Show an upload", description = "The same as HEAD says, as JSON.")
  @ApiResponse(
      responseCode = "200",
      description = "The upload",
      content = @Content(examples = @ExampleObject(UploadExamples.UPLOAD)))
  ResponseEntity<UploadView> show(
      @Parameter(description = "Id", example = UploadExamples.ID) @PathVariable String id) {
    UploadView upload = uploads.view(id);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .headers(headers(upload))
        .body(upload);
  }

  @Refuses({
    Problem.UPLOAD_OFFSET_MISMATCH,
    Problem.UPLOAD_TOO_LARGE,
    Problem.UPLOAD_LOCKED,
    Problem.CHECKSUM_MISMATCH,
    Problem.TUS_VERSION_UNSUPPORTED
  })
  @PatchMapping(path = "/{id}", consumes = OCTETS)
  @Operation(
      summary = "Send the next bytes",
      description =
          "They are on disk before the answer. Of a request that breaks off, what came is kept,"
              + " unless it has an Upload-Checksum.",
      requestBody =
          @RequestBody(
              description = "The bytes from Upload-Offset on",
              content =
                  @Content(
                      mediaType = OCTETS,
                      schema = @Schema(type = "string", format = "binary"))))
  @ApiResponse(
      responseCode = "204",
      description = "Upload-Offset is how many there are now",
      headers = @Header(name = OFFSET, schema = @Schema(example = "67108864")))
  @ApiResponse(responseCode = "404", description = "It is not there, or no longer")
  @ApiResponse(responseCode = "409", description = "Upload-Offset is not where the upload is")
  @ApiResponse(responseCode = "413", description = "They are more than the upload was to have")
  @ApiResponse(responseCode = "423", description = "Another request writes to it")
  @ApiResponse(responseCode = "460", description = "They do not fit their Upload-Checksum")
  ResponseEntity<Void> append(
      @Parameter(description = "Id", example = UploadExamples.ID) @PathVariable String id,
      @Parameter(description = "Bytes that were acknowledged", example = "0") @RequestHeader(OFFSET)
          long offset,
      @Parameter(
              description =
                  "sha1, sha256 or md5, and the value in base 64, of this request's bytes",
              example = "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")
          @RequestHeader(name = CHECKSUM, required = false)
          @Nullable String checksum,
      HttpServletRequest request)
      throws IOException {
    writing.append(
        id,
        new UploadWriting.Piece(
            offset, request.getContentLengthLong(), checksum, request.getInputStream()));
    return ResponseEntity.noContent().headers(headers(uploads.view(id))).build();
  }

  @Refuses({
    Problem.UPLOAD_OFFSET_MISMATCH,
    Problem.UPLOAD_TOO_LARGE,
    Problem.UPLOAD_LOCKED,
    Problem.CHECKSUM_MISMATCH,
    Problem.TUS_VERSION_UNSUPPORTED
  })
  @PostMapping(path = "/{id}", consumes = OCTETS, headers = "X-HTTP-Method-Override=PATCH")
  @Operation(
      summary = "Send the next bytes, where PATCH does not get through",
      description = "With the header X-HTTP-Method-Override: PATCH it is the same as PATCH.",
      requestBody =
          @RequestBody(
              description = "The bytes from Upload-Offset on",
              content =
                  @Content(
                      mediaType = OCTETS,
                      schema = @Schema(type = "string", format = "binary"))))
  @ApiResponse(responseCode = "204", description = "Upload-Offset is how many there are now")
  ResponseEntity<Void> post(
      @Parameter(description = "Id", example = UploadExamples.ID) @PathVariable String id,
      @Parameter(description = "Bytes that were acknowledged", example = "0") @RequestHeader(OFFSET)
          long offset,
      @RequestHeader(name = CHECKSUM, required = false) @Nullable String checksum,
      HttpServletRequest request)
      throws IOException {
    return append(id, offset, checksum, request);
  }

  @Refuses({Problem.UPLOAD_LOCKED, Problem.TUS_VERSION_UNSUPPORTED})
  @DeleteMapping("/{id}")
  @Operation(summary = "Give an upload up", description = "Its bytes are deleted.")
  @ApiResponse(responseCode = "204", description = "It is gone")
  @ApiResponse(responseCode = "423", description = "A request writes to it")
  ResponseEntity<Void> delete(
      @Parameter(description = "Id", example = UploadExamples.ID) @PathVariable String id)
      throws IOException {
    uploads.delete(id);
    return ResponseEntity.noContent().build();
  }

  private static HttpHeaders headers(UploadView upload) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(OFFSET, String.valueOf(upload.offset()));
    headers.set(LENGTH, String.valueOf(upload.length()));
    if (upload.metadata() != null) {
      headers.set(METADATA, upload.metadata());
    }
    if (upload.expireTime() != null) {
      headers.setInstant("Upload-Expires", upload.expireTime());
    }
    return headers;
  }
}
