package dev.trainyard.model;

import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes what people say of models and versions. The model's row is held meanwhile: of two patches
 * at the same time none is lost.
 */
@Component
public class ModelNotes {

  private final ModelCatalog catalog;
  private final RegisteredModels models;
  private final ModelVersions versions;

  ModelNotes(ModelCatalog catalog, RegisteredModels models, ModelVersions versions) {
    this.catalog = catalog;
    this.models = models;
    this.versions = versions;
  }

  /**
   * @param patch a JSON merge patch of {@code description} and {@code tags}
   */
  @Transactional
  public ModelView change(String model, Map<String, ?> patch) {
    RegisteredModel registered = models.lock(catalog.require(model)).orElseThrow();
    registered.annotate(registered.notes().patched(patch));
    models.saveAndFlush(registered);
    return catalog.model(model);
  }

  /**
   * @param version a number, an alias or {@code latest}
   */
  @Transactional
  public ModelVersionView change(String model, String version, Map<String, ?> patch) {
    String name = catalog.require(model);
    models.lock(name);
    ModelVersion changed =
        versions
            .findByModelNameAndVersion(name, catalog.version(name, version).version())
            .orElseThrow();
    changed.annotate(changed.notes().patched(patch));
    versions.saveAndFlush(changed);
    return catalog.version(name, Integer.toString(changed.version()));
  }
}
