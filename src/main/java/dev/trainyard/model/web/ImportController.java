package dev.trainyard.model.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.idempotency.IdempotentRequest;
import dev.trainyard.idempotency.Once;
import dev.trainyard.model.ModelImports;
import dev.trainyard.model.ModelVersionView;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.Refuses;
import dev.trainyard.spec.ResourceName;
import dev.trainyard.web.KnownParts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Takes models that were made elsewhere, where the operator has turned that on. */
@RestController
@ConditionalOnRole(Role.API)
@Tag(name = "models")
class ImportController {

  private final ModelImports imports;

  ImportController(ModelImports imports) {
    this.imports = imports;
  }

  @Refuses({
    Problem.IMPORT_DISABLED,
    Problem.IMPORT_UNAVAILABLE,
    Problem.INVALID_ARCHIVE,
    Problem.MODEL_REFUSED
  })
  @PostMapping(
      path = "/api/v1/models/{name}/versions",
      consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Import a model's version",
      description =
          "Takes a zip or tar.gz with one SavedModel that was made elsewhere. Every node of its graphs"
              + " and functions must be of an operation that only computes; a process of its own looks,"
              + " then another one loads it. Off by default (trainyard.model.import.enabled).")
  @ApiResponse(
      responseCode = "201",
      description = "It is the next version of the model.",
      content = @Content(examples = @ExampleObject(ModelExamples.IMPORTED)))
  @ApiResponse(
      responseCode = "403",
      description = "Models are not imported here.",
      content = @Content)
  @ApiResponse(
      responseCode = "422",
      description = "It is no SavedModel, or errors[] names the operations that keep it out.",
      content = @Content)
  @ApiResponse(
      responseCode = "503",
      description = "Another model is being imported; Retry-After says when to send it again.",
      content = @Content)
  ResponseEntity<ModelVersionView> upload(
      @PathVariable @ResourceName @Parameter(example = "flowers") String name,
      MultipartHttpServletRequest parts,
      @Valid @ModelAttribute ImportForm form,
      IdempotentRequest request)
      throws IOException {
    KnownParts.require(parts, ImportForm.class);
    Once<ModelVersionView> version =
        imports.accept(
            request, name, form.origin(), target -> form.file().transferTo(target.toFile()));
    ModelVersionView made = version.resource();
    return version.created("/api/v1/models/" + made.name() + "/versions/" + made.version());
  }
}
