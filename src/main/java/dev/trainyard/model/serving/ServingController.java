package dev.trainyard.model.serving;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.model.ModelCatalog;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Prediction and model status as TensorFlow Serving's REST API has them. The body is read as JSON
 * whatever its content type, because that server does so, and curl sends none of it by itself.
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
  @Described.Predict("Predict with a model's latest version")
  void predict(
      @PathVariable @Parameter(example = "flowers") String name,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    serving.predict(name, null, request, response);
  }

  @PostMapping("/{name}:classify")
  @Described.Classify("Classify with a model's latest version")
  void classify(
      @PathVariable @Parameter(example = "flowers") String name,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    serving.classify(name, null, request, response);
  }

  @PostMapping("/{name}:regress")
  @Described.Regress("Regress with a model's latest version")
  void regress(
      @PathVariable @Parameter(example = "flowers") String name,
      @Parameter(hidden = true) HttpServletRequest request,
      @Parameter(hidden = true) HttpServletResponse response)
      throws IOException {
    serving.regress(name, null, request, response);
  }

  @GetMapping("/{name}")
  @Described.Status("Status of a model's versions")
  ModelStatus status(@PathVariable @Parameter(example = "flowers") String name) {
    return ModelStatus.of(catalog.versions(name, Integer.MAX_VALUE, MOST_VERSIONS));
  }

  @GetMapping("/{name}/metadata")
  @Described.Metadata("Signatures of a model's latest version")
  ModelMetadata metadata(@PathVariable @Parameter(example = "flowers") String name) {
    return ModelMetadata.of(catalog.version(name, ModelCatalog.LATEST));
  }
}
