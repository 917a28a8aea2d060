package dev.trainyard.model.images;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.io.IOException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Image files in, labels out. */
@RestController
@RequestMapping(ImageController.ROOT)
@Tag(name = "models")
@ConditionalOnRole(Role.API)
class ImageController {

  static final String ROOT = "/api/v1/models";
  static final String PREDICT = "/predict";

  private static final String ANSWER =
      """
      {"model": "flowers", "version": 2, "predictions": [
        {"file": "tulip.jpg", "classes": [{"label": "tulips", "probability": 0.93}, {"label": "roses", "probability": 0.04}]},
        {"file": "notes.txt", "error": "the image is neither a JPEG nor a PNG, or its header is cut off"}]}""";

  private static final String REFUSAL =
      """
      {"type": "/problems/invalid-request", "title": "The request is not valid", "status": 422,
       "detail": "image[0] (notes.txt): the image is neither a JPEG nor a PNG, or its header is cut off",
       "errors": [{"field": "image[0] (notes.txt)", "message": "the image is neither a JPEG nor a PNG, or its header is cut off"}]}""";

  private final ImageClassifier classifier;

  ImageController(ImageClassifier classifier) {
    this.classifier = classifier;
  }

  @Refuses({
    Problem.UPLOAD_TOO_LARGE,
    Problem.TOO_MANY_REQUESTS,
    Problem.MODEL_UNAVAILABLE,
    Problem.PREDICTION_TIMED_OUT,
    Problem.MODEL_DAMAGED
  })
  @PostMapping(value = "/{name}" + PREDICT, consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @Operation(
      summary = "Classify image files",
      description =
          "curl -F image=@tulip.jpg -F image=@rose.png .../api/v1/models/flowers/predict?topK=3: JPEGs"
              + " and PNGs, each a part 'image'. One that cannot be used gets an error in place of"
              + " classes. Or the body is one image: --data-binary @tulip.jpg with Content-Type:"
              + " image/jpeg.",
      requestBody =
          @RequestBody(
              content = {
                @Content(
                    mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                    schema = @Schema(type = "object", requiredProperties = "image"),
                    schemaProperties =
                        @SchemaProperty(
                            name = "image",
                            array =
                                @ArraySchema(
                                    schema = @Schema(type = "string", format = "binary")))),
                @Content(
                    mediaType = MediaType.IMAGE_JPEG_VALUE,
                    schema = @Schema(type = "string", format = "binary")),
                @Content(
                    mediaType = MediaType.IMAGE_PNG_VALUE,
                    schema = @Schema(type = "string", format = "binary"))
              }))
  @ApiResponse(
      responseCode = "200",
      description = "The best classes of each image, in order.",
      content = @Content(mediaType = "application/json", examples = @ExampleObject(ANSWER)))
  @ApiResponse(responseCode = "404", description = "There is no such model.", content = @Content)
  @ApiResponse(responseCode = "413", description = "Too large together.", content = @Content)
  @ApiResponse(
      responseCode = "422",
      description = "No image can be used, or the model takes none.",
      content =
          @Content(mediaType = "application/problem+json", examples = @ExampleObject(REFUSAL)))
  @ApiResponse(responseCode = "429", description = "Too much waits for it.", content = @Content)
  ImagePredictions classify(
      @PathVariable @Parameter(example = "flowers") String name,
      @RequestParam(defaultValue = "latest")
          @Parameter(example = "latest", description = "A number, latest or an alias.")
          String version,
      @RequestParam(defaultValue = "5") @Min(1) @Parameter(example = "3") int topK,
      @RequestPart("image") @NotEmpty List<MultipartFile> image)
      throws IOException {
    return classifier.classify(name, version, topK, image);
  }

  @PostMapping(
      value = "/{name}" + PREDICT,
      consumes = {
        MediaType.IMAGE_JPEG_VALUE,
        MediaType.IMAGE_PNG_VALUE,
        MediaType.APPLICATION_OCTET_STREAM_VALUE
      })
  @Operation(hidden = true) // one path and verb, one description
  ImagePredictions classifyBody(
      @PathVariable String name,
      @RequestParam(defaultValue = "latest") String version,
      @RequestParam(defaultValue = "5") @Min(1) int topK,
      HttpServletRequest request)
      throws IOException {
    return classifier.classify(name, version, topK, request);
  }
}
