package dev.trainyard.model.openinference;

import static java.lang.annotation.ElementType.ANNOTATION_TYPE;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/** What the requests are answered, of the latest version as of any. */
interface Described {

  @Target(METHOD)
  @Retention(RUNTIME)
  @Operation
  @ApiResponse(
      responseCode = "200",
      description = "Of its usual signature, serving_default.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(OpenInferenceExamples.MODEL)))
  @NoSuchModel
  @interface Describe {
    @AliasFor(annotation = Operation.class, attribute = "summary")
    String value();
  }

  @Target(METHOD)
  @Retention(RUNTIME)
  @Operation
  @ApiResponse(
      responseCode = "200",
      description = "It can; its process starts when it is.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(OpenInferenceExamples.MODEL_READY)))
  @NoSuchModel
  @interface Ready {
    @AliasFor(annotation = Operation.class, attribute = "summary")
    String value();
  }

  @Target(METHOD)
  @Retention(RUNTIME)
  @Operation(
      description =
          "JSON, or JSON and tensors in binary (Inference-Header-Content-Length, binary_data_size,"
              + " binary_data, binary_data_output). BYTES in JSON are texts, or Base64 with the"
              + " parameter content_type: base64. parameters.signature_name picks a signature.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = Bodies.Infer.class),
                      examples = @ExampleObject(OpenInferenceExamples.REQUEST))))
  @ApiResponse(
      responseCode = "200",
      description = "The outputs that were wanted, or all.",
      content = {
        @Content(
            mediaType = "application/json",
            schema = @Schema(implementation = Bodies.Inferred.class),
            examples = @ExampleObject(OpenInferenceExamples.RESPONSE)),
        @Content(mediaType = "application/octet-stream")
      })
  @Refusals
  @interface Infer {
    @AliasFor(annotation = Operation.class, attribute = "summary")
    String value();
  }

  @Target({METHOD, ANNOTATION_TYPE})
  @Retention(RUNTIME)
  @ApiResponse(responseCode = "404", description = "There is no such model.", content = @Content)
  @interface NoSuchModel {}

  @Target(ANNOTATION_TYPE)
  @Retention(RUNTIME)
  @ApiResponse(
      responseCode = "400",
      description = "What is wrong is named.",
      content =
          @Content(
              mediaType = "application/problem+json",
              examples = @ExampleObject(OpenInferenceExamples.ERROR)))
  @NoSuchModel
  @Refuses({
    Problem.UPLOAD_TOO_LARGE,
    Problem.TOO_MANY_REQUESTS,
    Problem.MODEL_UNAVAILABLE,
    Problem.PREDICTION_TIMED_OUT,
    Problem.MODEL_DAMAGED
  })
  @ApiResponse(responseCode = "429", description = "Too much waits for it.", content = @Content)
  @ApiResponse(responseCode = "503", description = "It cannot be loaded now.", content = @Content)
  @ApiResponse(responseCode = "504", description = "It took too long.", content = @Content)
  @interface Refusals {}
}
