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

/**
 * Models as the protocol has them; the latest version where none is named.
 *
 * @see <a href="https://github.com/kserve/open-inference-protocol">Open Inference Protocol</a>
 */
@RestController
@RequestMapping("/v2/models")
@Tag(name = "open inference", description = "Prediction by the Open Inference Protocol, version 2.")
@ConditionalOnRole(Role.API)
class InferenceController {

  private static final int MOST_VERSIONS = 500;

  private final OpenInference openInference;
  private final Inference inference;
  private final ModelCatalog catalog;

  InferenceController(OpenInference openInference, Inference inference, ModelCatalog catalog) {
    this.openInference = openInference;
    this.inference = inference;
    this.catalog = catalog;
  }

  @GetMapping("/{name}")
  @Described.Describe("What a model takes and gives")
  ModelDescription describe(@PathVariable @Parameter(example = "flowers") String name) {
    return ModelDescription.of(
        inference.version(name, null), catalog.versions(name, Integer.MAX_VALUE, MOST_VERSIONS));
  }

  @GetMapping("/{name}/ready")
  @Described.Ready("Whether a model can be asked")
  Map<String, Object> ready(@PathVariable @Parameter(example = "flowers") String name) {
    return Map.of("name", inference.version(name, null).name(), "ready", true);
  }

  @PostMapping("/{name}/infer")
  @Described.Infer("Ask a model")
  void infer(
      @PathVariable @Parameter(example = "flowers") String name,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    openInference.infer(name, null, request, response);
  }
}
