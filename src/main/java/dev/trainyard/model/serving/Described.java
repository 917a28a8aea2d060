package dev.trainyard.model.serving;

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

/** What the verbs answer, of the latest version as of any. */
interface Described {

  @Target(METHOD)
  @Retention(RUNTIME)
  @Operation(
      description =
          "Row form, {\"instances\": [...]}, or column form, {\"inputs\": ...}; bytes are {\"b64\":"
              + " \"...\"}, tensors are nested lists; signature_name is serving_default. Any content"
              + " type is read as JSON. The first request loads the model.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = Bodies.Predict.class),
                      examples = @ExampleObject(ServingExamples.PREDICT_REQUEST))))
  @ApiResponse(
      responseCode = "200",
      description = "One prediction an instance, in order; or, of columns, outputs.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Bodies.Predicted.class),
              examples = @ExampleObject(ServingExamples.PREDICT_RESPONSE)))
  @Refusals
  @interface Predict {
    @AliasFor(annotation = Operation.class, attribute = "summary")
    String value();
  }

  @Target(METHOD)
  @Retention(RUNTIME)
  @Operation(
      description =
          "Any classifier of images, and any signature of the method tensorflow/serving/classify.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = Bodies.Examples.class),
                      examples = @ExampleObject(ServingExamples.EXAMPLES_REQUEST))))
  @ApiResponse(
      responseCode = "200",
      description = "Labels and scores of each example, in order.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Bodies.Classified.class),
              examples = @ExampleObject(ServingExamples.CLASSIFY_RESPONSE)))
  @Refusals
  @interface Classify {
    @AliasFor(annotation = Operation.class, attribute = "summary")
    String value();
  }

  @Target(METHOD)
  @Retention(RUNTIME)
  @Operation(
      description = "Signatures of the method tensorflow/serving/regress.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = Bodies.Examples.class),
                      examples = @ExampleObject(ServingExamples.EXAMPLES_REQUEST))))
  @ApiResponse(
      responseCode = "200",
      description = "The value of each example, in order.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Bodies.Regressed.class),
              examples = @ExampleObject(ServingExamples.REGRESS_RESPONSE)))
  @Refusals
  @interface Regress {
    @AliasFor(annotation = Operation.class, attribute = "summary")
    String value();
  }

  @Target(METHOD)
  @Retention(RUNTIME)
  @Operation
  @ApiResponse(
      responseCode = "200",
      description = "Every version that is there can be asked; its process starts when it is.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(ServingExamples.STATUS)))
  @NoSuchModel
  @interface Status {
    @AliasFor(annotation = Operation.class, attribute = "summary")
    String value();
  }

  @Target(METHOD)
  @Retention(RUNTIME)
  @Operation
  @ApiResponse(
      responseCode = "200",
      description = "What it takes and gives, by signature.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(ServingExamples.METADATA)))
  @NoSuchModel
  @interface Metadata {
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
      description = "What is wrong is named, an instance by its place.",
      content =
          @Content(
              mediaType = "application/problem+json",
              examples = @ExampleObject(ServingExamples.ERROR)))
  @NoSuchModel
  @Refuses({
    Problem.UPLOAD_TOO_LARGE,
    Problem.TOO_MANY_REQUESTS,
    Problem.MODEL_UNAVAILABLE,
    Problem.PREDICTION_TIMED_OUT,
    Problem.MODEL_DAMAGED
  })
  @ApiResponse(responseCode = "413", description = "The body is too large.", content = @Content)
  @ApiResponse(responseCode = "429", description = "Too much waits for it.", content = @Content)
  @ApiResponse(responseCode = "503", description = "It cannot be loaded now.", content = @Content)
  @ApiResponse(responseCode = "504", description = "It took too long.", content = @Content)
  @interface Refusals {}
}
