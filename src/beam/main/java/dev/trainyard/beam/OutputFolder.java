package dev.trainyard.beam;

import dev.trainyard.dataset.convert.Manifest;
import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * Where the dataset appears. A runner may do each step twice, at the same time or after a crash, so
 * every file is written under a name of its own and then renamed; the manifest comes last.
 */
record OutputFolder(String folder) implements Serializable {

  private static final String MANIFEST = "manifest.json";
  private static final String PART = ".part-";

  /** Whether a dataset is in there, or part of one. */
  boolean isTaken() throws IOException {
    for (String name : List.of(MANIFEST, "train-*-of-*", "validation-*-of-*")) {
      if (!find(name).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** A name that no reader looks for and nobody else writes to. */
  static String partOf(String name) {
    return PART + UUID.randomUUID() + "-" + name;
  }

  /** Creates a file; whoever asks closes it. */
  OutputStream create(String name) throws IOException {
    return Channels.newOutputStream(FileSystems.create(file(name), "application/octet-stream"));
  }

  /** Gives parts their names; again, if it was interrupted before. */
  void rename(List<String> parts, List<String> names) throws IOException {
    FileSystems.rename(
        parts.stream().map(this::file).toList(),
        names.stream().map(this::file).toList(),
        StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  /** Of the dataset, which is complete. */
  Manifest manifest() throws IOException {
    try (InputStream in = Channels.newInputStream(FileSystems.open(file(MANIFEST)))) {
      return SpecJson.MAPPER.readValue(in.readAllBytes(), Manifest.class);
    }
  }

  /** Copies the files of a local folder, the manifest as the last. */
  void copy(List<Path> files) throws IOException {
    List<Path> ordered =
        files.stream().sorted(Comparator.comparing(file -> file.endsWith(MANIFEST))).toList();
    for (Path file : ordered) {
      String name = file.getFileName().toString();
      String part = partOf(name);
      try (OutputStream out = create(part)) {
        Files.copy(file, out);
      }
      rename(List.of(part), List.of(name));
    }
  }

  /** Deletes what steps that were done twice have left. */
  void deleteParts() throws IOException {
    List<ResourceId> parts =
        find(PART + "*").stream().map(MatchResult.Metadata::resourceId).toList();
    FileSystems.delete(parts, StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  private List<MatchResult.Metadata> find(String glob) throws IOException {
    return FileSystems.match(root() + glob, EmptyMatchTreatment.ALLOW).metadata();
  }

  private ResourceId file(String name) {
    return resource().resolve(name, StandardResolveOptions.RESOLVE_FILE);
  }

  /** With what separates it from the names in it. */
  String root() {
    return resource().toString();
  }

  private ResourceId resource() {
    return FileSystems.matchNewResource(folder, true);
  }
}
