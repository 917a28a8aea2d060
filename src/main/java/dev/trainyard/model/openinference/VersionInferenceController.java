package dev.trainyard.model.openinference;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.model.ModelCatalog;
import dev.trainyard.model.inference.Inference;
import io.swagger.v3.oas.annotations.Parameter;
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
  @Described.Describe("What a model's version takes and gives")
  ModelDescription describe(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "1", description = "A number, or an alias.")
          String version) {
    return ModelDescription.of(
        inference.version(name, version), catalog.versions(name, Integer.MAX_VALUE, MOST_VERSIONS));
  }

  @GetMapping("/{name}/versions/{version}/ready")
  @Described.Ready("Whether a model's version can be asked")
  Map<String, Object> ready(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "1", description = "A number, or an alias.")
          String version) {
    return Map.of("name", inference.version(name, version).name(), "ready", true);
  }

  @PostMapping("/{name}/versions/{version}/infer")
  @Described.Infer("Ask a model's version")
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
