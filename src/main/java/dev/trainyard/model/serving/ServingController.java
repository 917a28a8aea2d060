package dev.trainyard.model.serving;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.model.ModelCatalog;
import dev.trainyard.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Prediction and model status as TensorFlow Serving's REST API has them. The body is read as JSON
 * whatever its content type, because that server does so, and curl sends none of it by itself. An
 * error is problem+json like everywhere else, with that server's {@code error} beside it.
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
          "Row form: each instance is one encoded image, {\"image_bytes\": {\"b64\": ...}} or"
              + " {\"b64\": ...}. Any content type is read as JSON. The first request loads the"
              + " model, which takes a few seconds.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      examples = @ExampleObject(ServingExamples.PREDICT_REQUEST))))
  @ApiResponse(
      responseCode = "200",
      description = "One prediction an instance, in order.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(ServingExamples.PREDICT_RESPONSE)))
  @ApiResponse(
      responseCode = "422",
      description = "An instance cannot be used; it is named.",
      content =
          @Content(
              mediaType = "application/problem+json",
              examples = @ExampleObject(ServingExamples.PREDICT_ERROR)))
  @ApiResponse(responseCode = "404", description = "There is no such model.", content = @Content)
  @ApiResponse(responseCode = "413", description = "The body is too large.", content = @Content)
  @ApiResponse(responseCode = "503", description = "It cannot be loaded now.", content = @Content)
  @ApiResponse(responseCode = "504", description = "It took too long.", content = @Content)
  PredictResponse predict(
      @PathVariable @Parameter(example = "flowers") String name,
      @Parameter(hidden = true) HttpServletRequest request)
      throws IOException {
    return serving.predict(name, ModelCatalog.LATEST, request);
  }

  @PostMapping("/{name}/versions/{version}:predict")
  @Operation(
      summary = "Predict with a version of a model",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      examples = @ExampleObject(ServingExamples.PREDICT_REQUEST))))
  @ApiResponse(
      responseCode = "200",
      description = "One prediction an instance, in order.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(ServingExamples.PREDICT_RESPONSE)))
  PredictResponse predictWithVersion(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "1") String version,
      @Parameter(hidden = true) HttpServletRequest request)
      throws IOException {
    return serving.predict(name, version, request);
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

  @GetMapping("/{name}/versions/{version}")
  @Operation(summary = "Status of one version of a model")
  @ApiResponse(
      responseCode = "200",
      description = "It can be asked.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(ServingExamples.STATUS)))
  ModelStatus versionStatus(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "1") String version) {
    return ModelStatus.of(List.of(catalog.version(name, version)));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(ProblemException failure) {
    ProblemDetail body =
        ProblemDetail.forStatusAndDetail(failure.problem().status(), failure.detail());
    body.setType(failure.problem().type());
    body.setTitle(failure.problem().title());
    body.setProperty("errors", failure.errors());
    body.setProperty("error", failure.detail());
    return ResponseEntity.status(failure.problem().status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(body);
  }
}
