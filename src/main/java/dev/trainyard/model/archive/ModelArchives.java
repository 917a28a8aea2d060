package dev.trainyard.model.archive;

import dev.trainyard.model.integrity.KnownFiles;
import dev.trainyard.model.integrity.Sha256;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The packed versions, as {@code data/archives/{name}/{version}/{sha256}.{format}}: the name holds
 * the digest, so that file and digest appear by one rename. Packed at the first request, kept until
 * the version is deleted; one that does not have its digest any more is packed anew.
 */
@Component
public class ModelArchives {

  private static final Logger log = LoggerFactory.getLogger(ModelArchives.class);

  private final Storage storage;
  private final KnownFiles known;
  private final ConcurrentHashMap<Path, Object> locks = new ConcurrentHashMap<>();

  ModelArchives(Storage storage, KnownFiles known) {
    this.storage = storage;
    this.known = known;
  }

  /**
   * The archive, packed now if it was not yet; others who ask for it meanwhile wait. Every entry is
   * below one folder {@code {version}/}, which is what TensorFlow Serving looks for in a model's
   * folder.
   *
   * @param files digests by path below {@code source}, with slashes, in order
   * @throws DamagedFileException when a file does not have its digest
   * @throws java.nio.file.NoSuchFileException when the version's files are gone
   */
  public Archive pack(
      String name, int version, Path source, Map<String, String> files, ArchiveFormat format)
      throws IOException {
    Path folder = folder(name, version);
    synchronized (locks.computeIfAbsent(folder, key -> new Object())) {
      Optional<Archive> packed = find(folder, format);
      return packed.isPresent() ? packed.get() : pack(folder, version, source, files, format);
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
      Path folder, int version, Path source, Map<String, String> files, ArchiveFormat format)
      throws IOException {
    Path temporary = storage.newTemporaryFile();
    try {
      MessageDigest digest = Sha256.begin();
      try (OutputStream out = new DigestOutputStream(Files.newOutputStream(temporary), digest)) {
        ArchiveWriter.write(format, out, version + "/", source, files);
      }
      String sha256 = Sha256.end(digest);
      Path target = folder.resolve(sha256 + "." + format.extension());
      storage.publish(temporary, target);
      known.remember(target, sha256);
      return new Archive(target, sha256);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private Optional<Archive> find(Path folder, ArchiveFormat format) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    String end = "." + format.extension();
    try (DirectoryStream<Path> archives = Files.newDirectoryStream(folder, "*" + end)) {
      for (Path archive : archives) {
        String name = String.valueOf(archive.getFileName());
        String sha256 = name.substring(0, name.length() - end.length());
        if (known.matches(archive, sha256)) {
          return Optional.of(new Archive(archive, sha256));
        }
        log.warn("The archive {} is damaged; it is packed anew", archive);
        Files.deleteIfExists(archive);
      }
    }
    return Optional.empty();
  }

  private Path folder(String name, int version) {
    return storage.of("archives", name, Integer.toString(version));
  }
}
