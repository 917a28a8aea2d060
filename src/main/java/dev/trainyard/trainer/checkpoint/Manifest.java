package dev.trainyard.trainer.checkpoint;

import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a checkpoint's folder holds, as {@code manifest.json} in it.
 *
 * @param step the global step
 * @param attempt that wrote it
 * @param trainedMillis time that training took up to it, over all attempts
 * @param files all of them but this one
 * @param check SHA-256 of the rest of this manifest, for it may be damaged too; absent in one that
 *     an older version has written
 */
record Manifest(
    long step,
    int attempt,
    @Nullable Long trainedMillis,
    List<Entry> files,
    @Nullable String check) {

  static final String NAME = "manifest.json";

  /**
   * @param name within the folder
   * @param size in bytes
   * @param sha256 in hexadecimal
   */
  record Entry(String name, long size, String sha256) {}

  /** Describes the files of {@code folder} and writes the description there. */
  static Manifest write(Path folder, long step, int attempt, Duration trained) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        entries.add(new Entry(file.getFileName().toString(), Files.size(file), sha256(file)));
      }
    }
    Manifest manifest = new Manifest(step, attempt, trained.toMillis(), entries, null).checked();
    Files.write(folder.resolve(NAME), SpecJson.MAPPER.writeValueAsBytes(manifest));
    return manifest;
  }

  /**
   * Reads the manifest of {@code folder} and compares every file with it.
   *
   * @throws IOException saying what is wrong with the folder
   */
  static Manifest verify(Path folder) throws IOException {
    Manifest manifest;
    try {
      manifest =
          SpecJson.MAPPER.readValue(Files.readAllBytes(folder.resolve(NAME)), Manifest.class);
    } catch (JacksonException e) {
      throw new IOException(NAME + " is not readable", e);
    }
    if (manifest.check() != null && !manifest.equals(manifest.checked())) {
      throw new IOException(NAME + " does not have the SHA-256 it was written with");
    }
    for (Entry entry : manifest.files()) {
      Path file = folder.resolve(entry.name());
      if (!Files.isRegularFile(file)) {
        throw new IOException(entry.name() + " is missing");
      }
      if (Files.size(file) != entry.size()) {
        throw new IOException(
            entry.name() + " has " + Files.size(file) + " bytes instead of " + entry.size());
      }
      if (!sha256(file).equals(entry.sha256())) {
        throw new IOException(entry.name() + " does not have the SHA-256 it was written with");
      }
    }
    return manifest;
  }

  private Manifest checked() {
    Manifest rest = new Manifest(step, attempt, trainedMillis, files, null);
    byte[] text = SpecJson.MAPPER.writeValueAsBytes(rest);
    String sum = HexFormat.of().formatHex(sha256().digest(text));
    return new Manifest(step, attempt, trainedMillis, files, sum);
  }

  Duration trained() {
    return Duration.ofMillis(trainedMillis == null ? 0 : trainedMillis);
  }

  long bytes() {
    return files.stream().mapToLong(Entry::size).sum();
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = sha256();
      byte[] buffer = new byte[1 << 18];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
