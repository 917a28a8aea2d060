package dev.trainyard.dataset.web;

import dev.trainyard.dataset.DatasetCatalog;
import dev.trainyard.dataset.DatasetIntake;
import dev.trainyard.dataset.DatasetQuery;
import dev.trainyard.dataset.DatasetState;
import dev.trainyard.dataset.DatasetView;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.idempotency.IdempotentRequest;
import dev.trainyard.idempotency.Once;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.Refuses;
import dev.trainyard.web.KnownParts;
import dev.trainyard.web.Page;
import dev.trainyard.web.PageQuery;
import dev.trainyard.web.polling.WaitPreference;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.multipart.MultipartHttpServletRequest;

@RestController
@RequestMapping("/api/v1/datasets")
@Tag(name = "Datasets", description = "Images, uploaded and converted to TFRecord shards")
@ConditionalOnRole(Role.API)
class DatasetController {

  private final DatasetIntake intake;
  private final DatasetCatalog catalog;
  private final DatasetWaits waits;

  DatasetController(DatasetIntake intake, DatasetCatalog catalog, DatasetWaits waits) {
    this.intake = intake;
    this.catalog = catalog;
    this.waits = waits;
  }

  @Refuses({
    Problem.INVALID_ARCHIVE,
    Problem.DATASET_NOT_READY,
    Problem.ILLEGAL_STATE,
    Problem.UPLOAD_LOCKED
  })
  @PostMapping(
      consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Make a dataset", description = Examples.MAKING)
  @ApiResponse(
      responseCode = "202",
      description = "The upload is safe and being converted",
      content = @Content(examples = @ExampleObject(Examples.CONVERTING)))
  ResponseEntity<DatasetView> upload(
      MultipartHttpServletRequest request,
      @Valid @ModelAttribute UploadForm form,
      IdempotentRequest idempotent)
      throws IOException {
    KnownParts.require(request, UploadForm.class);
    return accepted(
        form.file() == null && form.upload() != null
            ? intake.ofUpload(idempotent, form.order(), form.upload())
            : intake.ofFile(idempotent, form.order(), Sources.only(form)));
  }

  @Refuses({
    Problem.INVALID_ARCHIVE,
    Problem.DATASET_NOT_READY,
    Problem.ILLEGAL_STATE,
    Problem.UPLOAD_LOCKED
  })
  @PostMapping(
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Make a dataset", description = Examples.MAKING)
  @ApiResponse(
      responseCode = "202",
      description = "It is being converted",
      content = @Content(examples = @ExampleObject(Examples.CONVERTING)))
  ResponseEntity<DatasetView> make(
      @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = {
                @Content(
                    mediaType = MediaType.APPLICATION_JSON_VALUE,
                    schema = @Schema(implementation = DatasetRequest.class),
                    examples = @ExampleObject(Examples.FOLDER)),
                @Content(
                    mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                    schema = @Schema(implementation = UploadForm.class))
              })
          @Valid
          @RequestBody
          DatasetRequest request,
      IdempotentRequest idempotent)
      throws IOException {
    DatasetRequest.Source source = Sources.only(request);
    return accepted(
        source == null
            ? intake.ofUpload(idempotent, request.order(), String.valueOf(request.upload()))
            : intake.ofFolder(idempotent, request.order(), source.path()));
  }

  private static ResponseEntity<DatasetView> accepted(Once<DatasetView> dataset) {
    return dataset.accepted("/api/v1/datasets/" + dataset.resource().id());
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "List datasets", description = "Newest first, by page.")
  @ApiResponse(
      responseCode = "200",
      description = "A page; its Link header leads to the next",
      content = @Content(examples = @ExampleObject(Examples.PAGE)))
  ResponseEntity<Page<DatasetView>> list(
      @Parameter(description = "Only versions of this name", example = "flowers")
          @RequestParam(required = false)
          @Nullable String name,
      @Parameter(description = "Only those in this state", example = "READY")
          @RequestParam(required = false)
          @Nullable DatasetState state,
      @Parameter(description = "Datasets on a page", example = "50")
          @RequestParam(defaultValue = "50")
          int pageSize,
      @Parameter(description = "nextPageToken of the page before") @RequestParam(required = false)
          @Nullable String pageToken) {
    PageQuery query = PageQuery.of(pageSize, pageToken);
    return Page.of(
        catalog.list(new DatasetQuery(name, state, query.place(), query.fetchSize())),
        query,
        shown -> new PageQuery.Place(shown.createTime(), shown.id()).cursor());
  }

  @GetMapping(path = "/{idOrName}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Show a dataset",
      description =
          "By id, or by name, which means the newest version. With Prefer: wait=30 the answer waits"
              + " until that version is no longer CONVERTING, but not longer.")
  @ApiResponse(
      responseCode = "200",
      description = "The dataset",
      content = @Content(examples = @ExampleObject(Examples.READY)))
  DeferredResult<ResponseEntity<DatasetView>> show(
      @Parameter(description = "Id or name", example = "flowers") @PathVariable String idOrName,
      WaitPreference preference) {
    return waits.answer(catalog.view(idOrName), preference);
  }

  @Refuses(Problem.ILLEGAL_STATE)
  @GetMapping(path = "/{idOrName}/quarantine", produces = "text/csv")
  @Operation(
      summary = "List what was set aside",
      description = "Every row and image that is not in the dataset, with the reason.")
  @ApiResponse(
      responseCode = "200",
      description = "CSV with the columns file, row and reason",
      content = @Content(examples = @ExampleObject(Examples.QUARANTINE)))
  ResponseEntity<Resource> quarantine(
      @Parameter(description = "Id or name", example = "flowers") @PathVariable String idOrName) {
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .body(new FileSystemResource(catalog.quarantine(idOrName)));
  }

  @Refuses(Problem.ILLEGAL_STATE)
  @PostMapping("/{id}/cancel")
  @Operation(
      summary = "Cancel a conversion",
      description =
          "The dataset is CANCELLED at once, whether a worker has begun with it or not; one that"
              + " has stops within a second or two. What was uploaded for it is deleted.")
  @ApiResponse(
      responseCode = "202",
      description = "It is CANCELLED",
      content = @Content(examples = @ExampleObject(Examples.CANCELLED)))
  @ApiResponse(responseCode = "409", description = "The conversion has ended")
  ResponseEntity<DatasetView> cancel(
      @Parameter(description = "Id", example = "0d2fa1d3-5d0c-4a2e-9f0e-4f8d3c1b7a60") @PathVariable
          String id)
      throws IOException {
    return ResponseEntity.accepted().body(catalog.cancel(id));
  }

  @Refuses({Problem.IN_USE, Problem.ILLEGAL_STATE})
  @DeleteMapping("/{id}")
  @Operation(
      summary = "Delete a dataset",
      description = "Deletes one version and its files, unless a job uses it.")
  @ApiResponse(responseCode = "204", description = "It is gone")
  ResponseEntity<Void> delete(
      @Parameter(description = "Id", example = "0d2fa1d3-5d0c-4a2e-9f0e-4f8d3c1b7a60") @PathVariable
          String id)
      throws IOException {
    catalog.delete(id);
    return ResponseEntity.noContent().build();
  }
}
