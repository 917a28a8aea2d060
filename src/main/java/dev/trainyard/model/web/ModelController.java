package dev.trainyard.model.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.model.ModelCatalog;
import dev.trainyard.model.ModelDeletions;
import dev.trainyard.model.ModelNotes;
import dev.trainyard.model.ModelVersionView;
import dev.trainyard.model.ModelView;
import dev.trainyard.model.notes.ModelFilter;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.Refuses;
import dev.trainyard.web.Page;
import dev.trainyard.web.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What is registered. */
@RestController
@RequestMapping(path = "/api/v1/models", produces = "application/json")
@Tag(name = "models", description = "The registry of trained models and their versions.")
@ConditionalOnRole(Role.API)
class ModelController {

  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final ModelCatalog catalog;
  private final ModelNotes notes;
  private final ModelDeletions deletions;

  ModelController(ModelCatalog catalog, ModelNotes notes, ModelDeletions deletions) {
    this.catalog = catalog;
    this.notes = notes;
    this.deletions = deletions;
  }

  @GetMapping
  @Operation(
      summary = "List the models",
      description = "In the order of their names.",
      parameters =
          @Parameter(
              name = "tag",
              in = ParameterIn.QUERY,
              description = "Only models with this tag; may be given several times.",
              array = @ArraySchema(schema = @Schema(type = "string")),
              example = "team:vision"))
  @ApiResponse(
      responseCode = "200",
      description = "One page; a Link header leads to the next.",
      content = @Content(examples = @ExampleObject(ModelExamples.MODELS)))
  ResponseEntity<Page<ModelView>> models(
      @RequestParam @Parameter(hidden = true) MultiValueMap<String, String> parameters,
      @RequestParam(required = false)
          @Parameter(description = "Only models whose names begin so.", example = "flow")
          @Nullable String namePrefix,
      @RequestParam(defaultValue = "50") int pageSize,
      @RequestParam(required = false) @Nullable String pageToken) {
    PageQuery query = PageQuery.of(pageSize, pageToken);
    ModelFilter filter = ModelFilter.of(namePrefix, parameters.get("tag"));
    return Page.of(
        catalog.models(filter, query.cursorOr(""), query.fetchSize()), query, ModelView::name);
  }

  @GetMapping("/{name}")
  @Operation(summary = "Get a model")
  @ApiResponse(
      responseCode = "200",
      description = "The model.",
      content = @Content(examples = @ExampleObject(ModelExamples.MODEL)))
  @ApiResponse(responseCode = "404", description = "No model has that name.", content = @Content)
  ModelView model(@PathVariable @Parameter(example = "flowers") String name) {
    return catalog.model(name);
  }

  @PatchMapping(path = "/{name}", consumes = MERGE_PATCH)
  @Operation(
      summary = "Describe and tag a model",
      description = ModelExamples.PATCHING,
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(examples = @ExampleObject(ModelExamples.PATCH))))
  @ApiResponse(
      responseCode = "200",
      description = "The model as it is now.",
      content = @Content(examples = @ExampleObject(ModelExamples.MODEL)))
  @ApiResponse(responseCode = "404", description = "No model has that name.", content = @Content)
  @ApiResponse(responseCode = "422", description = "errors[] says what.", content = @Content)
  ModelView change(
      @PathVariable @Parameter(example = "flowers") String name,
      @RequestBody Map<String, Object> patch) {
    return notes.change(name, patch);
  }

  @GetMapping("/{name}/versions")
  @Operation(summary = "List a model's versions", description = "The highest first.")
  @ApiResponse(
      responseCode = "200",
      description = "One page; a Link header leads to the next.",
      content = @Content(examples = @ExampleObject(ModelExamples.VERSIONS)))
  @ApiResponse(responseCode = "404", description = "No model has that name.", content = @Content)
  ResponseEntity<Page<ModelVersionView>> versions(
      @PathVariable @Parameter(example = "flowers") String name,
      @RequestParam(defaultValue = "50") int pageSize,
      @RequestParam(required = false) @Nullable String pageToken) {
    PageQuery query = PageQuery.of(pageSize, pageToken);
    return Page.of(
        catalog.versions(name, query.numberOr(Integer.MAX_VALUE), query.fetchSize()),
        query,
        version -> Integer.toString(version.version()));
  }

  @GetMapping("/{name}/versions/{version}")
  @Operation(
      summary = "Get a model's version",
      description = "With its files, its metrics, and the job and the dataset it came from.")
  @ApiResponse(
      responseCode = "200",
      description = "The version.",
      content = @Content(examples = @ExampleObject(ModelExamples.VERSION)))
  @ApiResponse(responseCode = "404", description = "There is none.", content = @Content)
  ModelVersionView version(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "latest", description = ModelExamples.ANY_VERSION)
          String version) {
    return catalog.version(name, version);
  }

  @PatchMapping(path = "/{name}/versions/{version}", consumes = MERGE_PATCH)
  @Operation(
      summary = "Describe and tag a model's version",
      description = ModelExamples.PATCHING,
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(examples = @ExampleObject(ModelExamples.PATCH))))
  @ApiResponse(
      responseCode = "200",
      description = "The version as it is now.",
      content = @Content(examples = @ExampleObject(ModelExamples.VERSION)))
  @ApiResponse(responseCode = "404", description = "There is none.", content = @Content)
  @ApiResponse(responseCode = "422", description = "errors[] says what.", content = @Content)
  ModelVersionView change(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "champion", description = ModelExamples.ANY_VERSION)
          String version,
      @RequestBody Map<String, Object> patch) {
    return notes.change(name, version, patch);
  }

  @Refuses(Problem.IN_USE)
  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete a model",
      description =
          "With all its versions, their files and archives. Numbers go on where they were when a model"
              + " of that name is made again.")
  @ApiResponse(responseCode = "204", description = "It is gone.", content = @Content)
  @ApiResponse(responseCode = "404", description = "No model has that name.", content = @Content)
  @ApiResponse(
      responseCode = "409",
      description = "It has aliases, or a job that has not ended begins with one of its versions.",
      content = @Content)
  void delete(
      @PathVariable @Parameter(example = "flowers") String name,
      @RequestParam(defaultValue = "false") @Parameter(description = "Delete its aliases, too.")
          boolean force) {
    deletions.delete(name, force);
  }

  @Refuses(Problem.IN_USE)
  @DeleteMapping("/{name}/versions/{version}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete a model's version",
      description = "Frees its disk. Its number is never given to another version.")
  @ApiResponse(responseCode = "204", description = "It is gone.", content = @Content)
  @ApiResponse(responseCode = "404", description = "There is none.", content = @Content)
  @ApiResponse(
      responseCode = "409",
      description = "Aliases stand for it, or a job that has not ended begins with it.",
      content = @Content)
  void delete(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "1", description = ModelExamples.ANY_VERSION)
          String version,
      @RequestParam(defaultValue = "false")
          @Parameter(description = "Delete the aliases that stand for it, too.")
          boolean force) {
    deletions.delete(name, version, force);
  }
}
