package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.report.Sample;
import dev.trainyard.dataset.traits.KnownImages;
import dev.trainyard.tfrecord.ShardName;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

  /** Its images; none when it has no file of them. Whoever asks closes it. */
  KnownImages known() throws IOException {
    return isNone() ? KnownImages.none() : DatasetFolder.openTraits(folder);
  }

  /**
   * Records of it to show; empty when an earlier version made it.
   *
   * @param linked its shards, by their names here
   */
  Optional<List<Sample>> samples(Map<String, Manifest.Shard> linked) throws IOException {
    if (isNone()) {
      return Optional.of(List.of());
    }
    return DatasetFolder.readSamples(folder)
        .map(
            samples ->
                samples.stream()
                    .map(
                        sample ->
                            sample.in(Objects.requireNonNull(linked.get(sample.shard())).name()))
                    .toList());
  }

  /**
   * Has the split's shards appear in another folder, before those that are there already.
   *
   * @param added of the split's shards there already
   * @return the shards there, by their names here
   */
  Map<String, Manifest.Shard> link(String split, Path target, int added) throws IOException {
    Map<String, Manifest.Shard> linked = new LinkedHashMap<>();
    int count = shards(split).size() + added;
    for (Manifest.Shard shard : shards(split)) {
      String name = new ShardName(split, linked.size(), count).toString();
      link(folder.resolve(shard.name()), target.resolve(name));
      linked.put(
          shard.name(), new Manifest.Shard(name, shard.examples(), shard.bytes(), shard.sha256()));
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
