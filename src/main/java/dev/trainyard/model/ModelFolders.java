package dev.trainyard.model;

import dev.trainyard.model.integrity.Sha256;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The versions' folders, {@code data/models/{name}/{version}/}: what TensorFlow Serving watches, so
 * each appears and disappears by a rename and holds the SavedModel and nothing else.
 */
@Component
class ModelFolders {

  private final Storage storage;

  ModelFolders(Storage storage) {
    this.storage = storage;
  }

  Path of(String name, int version) {
    return storage.of("models", name, Integer.toString(version));
  }

  /**
   * Every file below the folder with its size and digest, in the order of the paths.
   *
   * @throws UnusableModelException when it is not a SavedModel's folder
   */
  List<ModelFile> manifest(Path folder) throws IOException {
    if (!Files.isRegularFile(folder.resolve("saved_model.pb"))) {
      throw new UnusableModelException("The exported folder holds no saved_model.pb.");
    }
    List<ModelFile> files = new ArrayList<>();
    for (String path : paths(folder)) {
      Path file = folder.resolve(path);
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new UnusableModelException("The exported '" + path + "' is not a plain file.");
      }
      files.add(new ModelFile(path, Files.size(file), Sha256.of(file)));
    }
    return List.copyOf(files);
  }

  /** Of whatever is below the folder and is no folder, with slashes, in order. */
  List<String> paths(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  /** Renames the export to its place; nothing happens when somebody did that already. */
  void publish(Path export, Path target) throws IOException {
    try {
      storage.publish(export, target);
    } catch (IOException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
    }
  }

  /** Makes the folder disappear at once, then deletes what was in it. */
  void retire(Path folder) throws IOException {
    Path retired = storage.newTemporaryFile();
    try {
      Files.move(folder, retired, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return; // retired before
    }
    storage.deleteTree(retired);
  }
}
