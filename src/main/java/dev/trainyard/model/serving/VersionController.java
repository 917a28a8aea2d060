package dev.trainyard.model.serving;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.model.ModelCatalog;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The same of one version, by its number or by a label. */
@RestController
@RequestMapping("/v1/models")
@Tag(name = "serving", description = "Prediction in the REST dialect of TensorFlow Serving.")
@ConditionalOnRole(Role.API)
class VersionController {

  private final Serving serving;
  private final ModelCatalog catalog;

  VersionController(Serving serving, ModelCatalog catalog) {
    this.serving = serving;
    this.catalog = catalog;
  }

  @PostMapping({"/{name}/versions/{version}:predict", "/{name}/labels/{version}:predict"})
  @Described.Predict("Predict with a model's version")
  void predict(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "1", description = "A number, or a label.") String version,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    serving.predict(name, version, request, response);
  }

  @PostMapping({"/{name}/versions/{version}:classify", "/{name}/labels/{version}:classify"})
  @Described.Classify("Classify with a model's version")
  void classify(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "1", description = "A number, or a label.") String version,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    serving.classify(name, version, request, response);
  }

  @PostMapping({"/{name}/versions/{version}:regress", "/{name}/labels/{version}:regress"})
  @Described.Regress("Regress with a model's version")
  void regress(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "1", description = "A number, or a label.") String version,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    serving.regress(name, version, request, response);
  }

  @GetMapping({"/{name}/versions/{version}", "/{name}/labels/{version}"})
  @Described.Status("Status of one version of a model")
  ModelStatus status(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "1", description = "A number, or a label.")
          String version) {
    return ModelStatus.of(List.of(catalog.version(name, version)));
  }

  @GetMapping({"/{name}/versions/{version}/metadata", "/{name}/labels/{version}/metadata"})
  @Described.Metadata("Signatures of a model's version")
  ModelMetadata metadata(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "1", description = "A number, or a label.")
          String version) {
    return ModelMetadata.of(catalog.version(name, version));
  }
}
