package dev.trainyard.model;

import dev.trainyard.retention.Chore;
import dev.trainyard.retention.Orphans;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Deletes versions' folders and archives that no version has. */
@Component
class ModelSweep implements Chore {

  private final ModelVersions versions;
  private final ModelImports imports;
  private final Orphans orphans;
  private final Storage storage;

  ModelSweep(ModelVersions versions, ModelImports imports, Orphans orphans, Storage storage) {
    this.versions = versions;
    this.imports = imports;
    this.orphans = orphans;
    this.storage = storage;
  }

  @Override
  public void tidy() throws IOException {
    imports.takeUp();
    orphans.sweep(storage.of(ModelImports.FOLDER), imports::isBegun);
    for (String root : List.of("models", "archives")) {
      for (Path model : inside(storage.of(root))) {
        String name = model.getFileName().toString();
        orphans.sweep(model, version -> isKnown(name, version));
      }
    }
  }

  /** What is not called like a version is not ours to delete. */
  private boolean isKnown(String name, String version) {
    return !version.matches("\\d{1,9}")
        || versions.existsByModelNameAndVersion(name, Integer.parseInt(version));
  }

  private static List<Path> inside(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(Files::isDirectory).toList();
    }
  }
}
