package dev.trainyard.model.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.model.ModelCatalog;
import dev.trainyard.model.ServingConfig;
import dev.trainyard.model.card.ModelCard;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What is made of the registry for people and for TensorFlow Serving, as text. */
@RestController
@Tag(name = "models")
@ConditionalOnRole(Role.API)
class ModelTextController {

  private static final MediaType MARKDOWN =
      new MediaType(MediaType.TEXT_MARKDOWN, StandardCharsets.UTF_8);
  private static final MediaType PLAIN =
      new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

  private final ModelCatalog catalog;
  private final ServingConfig serving;

  ModelTextController(ModelCatalog catalog, ServingConfig serving) {
    this.catalog = catalog;
    this.serving = serving;
  }

  @GetMapping(
      path = "/api/v1/models/{name}/versions/{version}/card",
      produces = MediaType.TEXT_MARKDOWN_VALUE)
  @Operation(
      summary = "The card of a model's version",
      description =
          "Markdown for people: what it is for, how well it does, what it was trained on and how, what"
              + " became of each attempt, and how to load it.")
  @ApiResponse(
      responseCode = "200",
      description = "The card.",
      content =
          @Content(
              mediaType = MediaType.TEXT_MARKDOWN_VALUE,
              examples = @ExampleObject(ModelExamples.CARD)))
  @ApiResponse(responseCode = "304", description = "You have it already", content = @Content)
  @ApiResponse(responseCode = "404", description = "There is none.", content = @Content)
  ResponseEntity<String> card(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "champion", description = ModelExamples.ANY_VERSION)
          String version) {
    String service = ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
    return text(MARKDOWN, ModelCard.of(catalog.version(name, version), service));
  }

  @GetMapping(path = "/api/v1/serving/models.config", produces = MediaType.TEXT_PLAIN_VALUE)
  @Operation(
      summary = "The registry as TensorFlow Serving's configuration",
      description =
          "A ModelServerConfig in text form: of each model the highest version and those that have an"
              + " alias, with the aliases as version labels. The data folder holds the same for the base"
              + " path /models as models/models.config.")
  @ApiResponse(
      responseCode = "200",
      description = "For --model_config_file.",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN_VALUE,
              examples = @ExampleObject(ModelExamples.SERVING_CONFIG)))
  @ApiResponse(responseCode = "304", description = "You have it already", content = @Content)
  @ApiResponse(responseCode = "422", description = "No such path can be.", content = @Content)
  ResponseEntity<String> servingConfig(
      @RequestParam(defaultValue = ServingConfig.BASE_PATH)
          @Parameter(
              description = "Where that server sees the folder of the models.",
              example = "/models")
          String basePath) {
    return text(PLAIN, serving.text(basePath));
  }

  private static ResponseEntity<String> text(MediaType type, String text) {
    return ResponseEntity.ok()
        .contentType(type)
        .eTag(DigestUtils.md5DigestAsHex(text.getBytes(StandardCharsets.UTF_8)))
        .body(text);
  }
}
