package dev.trainyard.model.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.model.IntegrityReport;
import dev.trainyard.model.ModelCatalog;
import dev.trainyard.model.ModelFile;
import dev.trainyard.model.ModelIntegrity;
import dev.trainyard.model.ModelVersionView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a version's files should be, and whether they are. */
@RestController
@RequestMapping(path = "/api/v1/models/{name}/versions/{version}", produces = "application/json")
@Tag(name = "models")
@ConditionalOnRole(Role.API)
class VersionFilesController {

  private final ModelCatalog catalog;
  private final ModelIntegrity integrity;

  VersionFilesController(ModelCatalog catalog, ModelIntegrity integrity) {
    this.catalog = catalog;
    this.integrity = integrity;
  }

  @GetMapping("/manifest")
  @Operation(summary = "The files of a model's version with their digests")
  @ApiResponse(
      responseCode = "200",
      description = "As registered, in the order of their paths; they never change.",
      content = @Content(examples = @ExampleObject(ModelExamples.MANIFEST)))
  @ApiResponse(responseCode = "404", description = "There is none.", content = @Content)
  Manifest manifest(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "champion", description = ModelExamples.ANY_VERSION)
          String version) {
    ModelVersionView view = catalog.version(name, version);
    return new Manifest(view.name(), view.version(), view.sizeBytes(), view.files());
  }

  @PostMapping("/verify")
  @Operation(
      summary = "Compare the files of a model's version with their digests",
      description =
          "Reads every byte on the disk. Downloads and predictions check too, but read a file again only"
              + " when it was touched since.")
  @ApiResponse(
      responseCode = "200",
      description = "What became of each file: OK, MISSING, CHANGED or UNEXPECTED.",
      content = @Content(examples = @ExampleObject(ModelExamples.REPORT)))
  @ApiResponse(responseCode = "404", description = "There is none.", content = @Content)
  IntegrityReport verify(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "champion", description = ModelExamples.ANY_VERSION)
          String version)
      throws IOException {
    return integrity.report(catalog.version(name, version));
  }

  record Manifest(String name, int version, long sizeBytes, List<ModelFile> files) {}
}
