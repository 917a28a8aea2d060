package dev.trainyard.model.serving;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.model.ModelCatalog;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Prediction and model status as TensorFlow Serving's REST API has them. The body is read as JSON
 * whatever its content type, because that server does so, and curl sends none of it by itself.
 *
 * @see <a href="https://www.tensorflow.org/tfx/serving/api_rest">RESTful API</a>
 */
@RestController
@RequestMapping("/v1/models")
@Tag(name = "serving", description = "Prediction in the REST dialect of TensorFlow Serving.")
@ConditionalOnRole(Role.API)
class ServingController {

  private static final int MOST_VERSIONS = 500;

  private final Serving serving;
  private final ModelCatalog catalog;

  ServingController(Serving serving, ModelCatalog catalog) {
    this.serving = serving;
    this.catalog = catalog;
  }

  @PostMapping("/{name}:predict")
  @Operation(
      summary = "Predict with a model's latest version",
      description =
          "Row form, {\"instances\": [...]}, or column form, {\"inputs\": ...}; bytes are {\"b64\":"
              + " \"...\"}, tensors are nested lists; signature_name is serving_default. Any content"
              + " type is read as JSON. The first request loads the model.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      examples = @ExampleObject(ServingExamples.PREDICT_REQUEST))))
  @ApiResponse(
      responseCode = "200",
      description = "One prediction an instance, in order; or, of columns, outputs.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(ServingExamples.PREDICT_RESPONSE)))
  @ApiResponse(
      responseCode = "400",
      description = "What is wrong is named, an instance by its place.",
      content =
          @Content(
              mediaType = "application/problem+json",
              examples = @ExampleObject(ServingExamples.ERROR)))
  @ApiResponse(responseCode = "404", description = "There is no such model.", content = @Content)
  @ApiResponse(responseCode = "413", description = "The body is too large.", content = @Content)
  @ApiResponse(responseCode = "429", description = "Too much waits for it.", content = @Content)
  @ApiResponse(responseCode = "503", description = "It cannot be loaded now.", content = @Content)
  @ApiResponse(responseCode = "504", description = "It took too long.", content = @Content)
  void predict(
      @PathVariable @Parameter(example = "flowers") String name,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    serving.predict(name, null, request, response);
  }

  @PostMapping("/{name}:classify")
  @Operation(
      summary = "Classify with a model's latest version",
      description =
          "Any classifier of images, and any signature of the method tensorflow/serving/classify.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      examples = @ExampleObject(ServingExamples.EXAMPLES_REQUEST))))
  @ApiResponse(
      responseCode = "200",
      description = "Labels and scores of each example, in order.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(ServingExamples.CLASSIFY_RESPONSE)))
  @ApiResponse(
      responseCode = "400",
      description = "What is wrong is named, an instance by its place.",
      content =
          @Content(
              mediaType = "application/problem+json",
              examples = @ExampleObject(ServingExamples.ERROR)))
  @ApiResponse(responseCode = "404", description = "There is no such model.", content = @Content)
  @ApiResponse(responseCode = "413", description = "The body is too large.", content = @Content)
  @ApiResponse(responseCode = "429", description = "Too much waits for it.", content = @Content)
  @ApiResponse(responseCode = "503", description = "It cannot be loaded now.", content = @Content)
  @ApiResponse(responseCode = "504", description = "It took too long.", content = @Content)
  void classify(
      @PathVariable @Parameter(example = "flowers") String name,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    serving.classify(name, null, request, response);
  }

  @PostMapping("/{name}:regress")
  @Operation(
      summary = "Regress with a model's latest version",
      description = "Signatures of the method tensorflow/serving/regress.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      examples = @ExampleObject(ServingExamples.EXAMPLES_REQUEST))))
  @ApiResponse(
      responseCode = "200",
      description = "The value of each example, in order.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(ServingExamples.REGRESS_RESPONSE)))
  @ApiResponse(
      responseCode = "400",
      description = "What is wrong is named, an instance by its place.",
      content =
          @Content(
              mediaType = "application/problem+json",
              examples = @ExampleObject(ServingExamples.ERROR)))
  @ApiResponse(responseCode = "404", description = "There is no such model.", content = @Content)
  @ApiResponse(responseCode = "413", description = "The body is too large.", content = @Content)
  @ApiResponse(responseCode = "429", description = "Too much waits for it.", content = @Content)
  @ApiResponse(responseCode = "503", description = "It cannot be loaded now.", content = @Content)
  @ApiResponse(responseCode = "504", description = "It took too long.", content = @Content)
  void regress(
      @PathVariable @Parameter(example = "flowers") String name,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    serving.regress(name, null, request, response);
  }

  @GetMapping("/{name}")
  @Operation(summary = "Status of a model's versions")
  @ApiResponse(
      responseCode = "200",
      description = "Every version that is there can be asked; its process starts when it is.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(ServingExamples.STATUS)))
  @ApiResponse(responseCode = "404", description = "There is no such model.", content = @Content)
  ModelStatus status(@PathVariable @Parameter(example = "flowers") String name) {
    return ModelStatus.of(catalog.versions(name, Integer.MAX_VALUE, MOST_VERSIONS));
  }

  @GetMapping("/{name}/metadata")
  @Operation(summary = "Signatures of a model's latest version")
  @ApiResponse(
      responseCode = "200",
      description = "What it takes and gives, by signature.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(ServingExamples.METADATA)))
  @ApiResponse(responseCode = "404", description = "There is no such model.", content = @Content)
  ModelMetadata metadata(@PathVariable @Parameter(example = "flowers") String name) {
    return ModelMetadata.of(catalog.version(name, ModelCatalog.LATEST));
  }
}
