package dev.trainyard.dataset.convert;

import dev.trainyard.tfrecord.ShardName;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dataset that another one adds to. Its shards never change, so both may have the same files.
 *
 * @param folder with its shards
 * @param images null when it has none
 */
public record Base(
    Path folder,
    List<ClassCount> classes,
    Manifest.@Nullable ImageSizes images,
    List<Manifest.Shard> shards) {

  /** What a dataset begins with that adds to none. */
  public static final Base NONE = new Base(Path.of(""), List.of(), null, List.of());

  public static Base of(Path folder) throws IOException {
    Manifest manifest = DatasetFolder.readManifest(folder);
    return new Base(folder, manifest.classes(), manifest.images(), manifest.shards());
  }

  boolean isNone() {
    return classes.isEmpty();
  }

  List<String> labels() {
    return classes.stream().map(ClassCount::label).toList();
  }

  List<Manifest.Shard> shards(String split) {
    return shards.stream().filter(shard -> shard.name().startsWith(split + "-")).toList();
  }

  /**
   * Has the split's shards appear in another folder, before those that are there already.
   *
   * @param count of the split's shards there, these included
   */
  List<Manifest.Shard> link(String split, Path target, int count) throws IOException {
    List<Manifest.Shard> linked = new ArrayList<>();
    for (Manifest.Shard shard : shards(split)) {
      String name = new ShardName(split, linked.size(), count).toString();
      link(folder.resolve(shard.name()), target.resolve(name));
      linked.add(new Manifest.Shard(name, shard.examples(), shard.bytes(), shard.sha256()));
    }
    return linked;
  }

  private static void link(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.copy(file, target); // no links there, or too many of this file
    }
  }
}
