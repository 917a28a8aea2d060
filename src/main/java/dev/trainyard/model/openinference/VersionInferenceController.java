package dev.trainyard.model.openinference;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.model.ModelCatalog;
import dev.trainyard.model.inference.Inference;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The same of one version. */
@RestController
@RequestMapping("/v2/models")
@Tag(name = "open inference", description = "Prediction by the Open Inference Protocol, version 2.")
@ConditionalOnRole(Role.API)
class VersionInferenceController {

  private static final int MOST_VERSIONS = 500;

  private final OpenInference openInference;
  private final Inference inference;
  private final ModelCatalog catalog;

  VersionInferenceController(
      OpenInference openInference, Inference inference, ModelCatalog catalog) {
    this.openInference = openInference;
    this.inference = inference;
    this.catalog = catalog;
  }

  @GetMapping("/{name}/versions/{version}")
  @Operation(summary = "What a model's version takes and gives")
  @ApiResponse(
      responseCode = "200",
      description = "Of its usual signature, serving_default.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(OpenInferenceExamples.MODEL)))
  @ApiResponse(responseCode = "404", description = "There is no such model.", content = @Content)
  ModelDescription describe(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "1", description = "A number, or an alias.")
          String version) {
    return ModelDescription.of(
        inference.version(name, version), catalog.versions(name, Integer.MAX_VALUE, MOST_VERSIONS));
  }

  @GetMapping("/{name}/versions/{version}/ready")
  @Operation(summary = "Whether a model's version can be asked")
  @ApiResponse(
      responseCode = "200",
      description = "It can; its process starts when it is.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(OpenInferenceExamples.MODEL_READY)))
  @ApiResponse(responseCode = "404", description = "There is no such model.", content = @Content)
  Map<String, Object> ready(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "1", description = "A number, or an alias.")
          String version) {
    return Map.of("name", inference.version(name, version).name(), "ready", true);
  }

  @PostMapping("/{name}/versions/{version}/infer")
  @Operation(
      summary = "Ask a model's version",
      description =
          "JSON, or JSON and tensors in binary (Inference-Header-Content-Length, binary_data_size,"
              + " binary_data, binary_data_output). BYTES in JSON are texts, or Base64 with the"
              + " parameter content_type: base64. parameters.signature_name picks a signature.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      examples = @ExampleObject(OpenInferenceExamples.REQUEST))))
  @ApiResponse(
      responseCode = "200",
      description = "The outputs that were wanted, or all.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(OpenInferenceExamples.RESPONSE)))
  @ApiResponse(
      responseCode = "400",
      description = "What is wrong is named.",
      content =
          @Content(
              mediaType = "application/problem+json",
              examples = @ExampleObject(OpenInferenceExamples.ERROR)))
  @ApiResponse(responseCode = "404", description = "There is no such model.", content = @Content)
  @ApiResponse(responseCode = "429", description = "Too much waits for it.", content = @Content)
  @ApiResponse(responseCode = "503", description = "It cannot be loaded now.", content = @Content)
  @ApiResponse(responseCode = "504", description = "It took too long.", content = @Content)
  void infer(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "1", description = "A number, or an alias.")
          String version,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    openInference.infer(name, version, request, response);
  }
}
