package dev.trainyard.model.archive;

import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The packed versions, as {@code data/archives/{name}/{version}/{sha256}.{format}}: the name holds
 * the digest, so that file and digest appear by one rename. Packed at the first request, kept until
 * the version is deleted.
 */
@Component
public class ModelArchives {

  private final Storage storage;
  private final ConcurrentHashMap<Path, Object> locks = new ConcurrentHashMap<>();

  ModelArchives(Storage storage) {
    this.storage = storage;
  }

  /**
   * The archive, packed now if it was not yet; others who ask for it meanwhile wait. Every entry is
   * below one folder {@code {version}/}, which is what TensorFlow Serving looks for in a model's
   * folder.
   *
   * @param paths of the version's files below {@code files}, with slashes, in order
   * @throws java.nio.file.NoSuchFileException when the version's files are gone
   */
  public Archive pack(
      String name, int version, Path files, List<String> paths, ArchiveFormat format)
      throws IOException {
    Path folder = folder(name, version);
    synchronized (locks.computeIfAbsent(folder, key -> new Object())) {
      Optional<Archive> packed = find(folder, format);
      return packed.isPresent() ? packed.get() : pack(folder, version, files, paths, format);
    }
  }

  /** Frees the disk; downloads that run keep their open file. */
  public void delete(String name, int version) throws IOException {
    Path folder = folder(name, version);
    synchronized (locks.computeIfAbsent(folder, key -> new Object())) {
      storage.deleteTree(folder);
    }
    locks.remove(folder);
  }

  private Archive pack(
      Path folder, int version, Path files, List<String> paths, ArchiveFormat format)
      throws IOException {
    Path temporary = storage.newTemporaryFile();
    try {
      MessageDigest digest = sha256();
      try (OutputStream out = new DigestOutputStream(Files.newOutputStream(temporary), digest)) {
        ArchiveWriter.write(format, out, version + "/", files, paths);
      }
      String sha256 = HexFormat.of().formatHex(digest.digest());
      Path target = folder.resolve(sha256 + "." + format.extension());
      storage.publish(temporary, target);
      return new Archive(target, sha256);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Optional<Archive> find(Path folder, ArchiveFormat format) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    String end = "." + format.extension();
    try (DirectoryStream<Path> archives = Files.newDirectoryStream(folder, "*" + end)) {
      for (Path archive : archives) {
        String name = String.valueOf(archive.getFileName());
        return Optional.of(new Archive(archive, name.substring(0, name.length() - end.length())));
      }
    }
    return Optional.empty();
  }

  private Path folder(String name, int version) {
    return storage.of("archives", name, Integer.toString(version));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
