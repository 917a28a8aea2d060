package dev.trainyard.model.imports;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Unpacks a zip or tar.gz with one SavedModel in it, and nothing else. */
final class ModelArchive {

  private static final int MOST_FILES = 2000;
  private static final int LONGEST_NAME = 512;

  private final Path folder;
  private final Set<String> written = new HashSet<>();
  private long left;
  private @Nullable String outer;
  private boolean known;

  private ModelArchive(Path folder, long maxBytes) {
    this.folder = folder;
    this.left = maxBytes;
  }

  /**
   * @param folder empty; what is unpacked before a refusal stays in it
   * @param maxBytes of all files together
   * @throws ProblemException INVALID_ARCHIVE
   */
  static void unpack(Path archive, Path folder, long maxBytes) throws IOException {
    ModelArchive unpacked = new ModelArchive(folder, maxBytes);
    try {
      byte[] start = start(archive);
      if (start.length > 1 && start[0] == 'P' && start[1] == 'K') {
        unpacked.zip(archive);
      } else if (start.length > 1 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b) {
        unpacked.tar(archive);
      } else {
        throw refused("The file is no zip or tar.gz archive.");
      }
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw refused("The archive is broken: " + e.getMessage());
    }
    if (!unpacked.written.contains(ModelLayout.GRAPH)) {
      throw refused("The archive holds no saved_model.pb, neither at its top nor in one folder.");
    }
  }

  private static byte[] start(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      return in.readNBytes(2);
    }
  }

  private void zip(Path archive) throws IOException {
    try (ZipFile zip = open(archive)) {
      for (ZipArchiveEntry entry : (Iterable<ZipArchiveEntry>) zip.getEntries()::asIterator) {
        if (entry.isUnixSymlink()) {
          throw link(entry);
        }
        if (!entry.isDirectory()) {
          try (InputStream content = zip.getInputStream(entry)) {
            take(entry, content);
          }
        }
      }
    }
  }

  private static ZipFile open(Path archive) {
    try {
      return ZipFile.builder().setPath(archive).get();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private void tar(Path archive) throws IOException {
    HeaderBudget packed =
        new HeaderBudget(
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive), 1 << 16)));
    try (TarArchiveInputStream tar = new TarArchiveInputStream(packed, "UTF-8")) {
      for (TarArchiveEntry entry = next(tar, packed); entry != null; entry = next(tar, packed)) {
        if (entry.isDirectory()) {
          continue;
        }
        if (!entry.isFile() || entry.isSymbolicLink() || entry.isLink() || entry.isSparse()) {
          throw link(entry);
        }
        take(entry, tar);
      }
    }
  }

  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, HeaderBudget packed) {
    try {
      return packed.within(tar::getNextEntry);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private void take(ArchiveEntry entry, InputStream content) throws IOException {
    if (entry.getName().length() > LONGEST_NAME) {
      throw refused("The archive has an entry with a name of more than 512 characters.");
    }
    List<String> segments = ModelLayout.segments(entry.getName());
    if (ModelLayout.isClutter(segments)) {
      return;
    }
    String path = path(entry, segments);
    if (!written.add(path.toLowerCase(Locale.ROOT))) { // which is one file on some systems
      throw refused("The archive has '%s' twice.".formatted(path));
    }
    if (written.size() > MOST_FILES) {
      throw refused("The archive has more than %d files.".formatted(MOST_FILES));
    }
    Path file = folder.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = read(content, buffer); n >= 0; n = read(content, buffer)) {
        left -= n;
        if (left < 0) {
          throw refused("The archive unfolds to more than trainyard.model.import.max-size allows.");
        }
        out.write(buffer, 0, n);
      }
    }
  }

  /** The first file says whether there is a folder around the model. */
  private String path(ArchiveEntry entry, List<String> segments) {
    if (!known) {
      known = true;
      outer =
          ModelLayout.file(segments, 0).isPresent() || segments.isEmpty() ? null : segments.get(0);
    }
    boolean inside = outer == null || !segments.isEmpty() && segments.get(0).equals(outer);
    return (inside
            ? ModelLayout.file(segments, outer == null ? 0 : 1)
            : ModelLayout.file(segments, segments.size()))
        .orElseThrow(
            () ->
                refused(
                    "The archive has '%s', which is no file of a SavedModel: saved_model.pb, fingerprint.pb, keras_metadata.pb, variables/variables.*, and plain names in assets and assets.extra are."
                        .formatted(entry.getName())));
  }

  private static int read(InputStream content, byte[] buffer) {
    try {
      return content.read(buffer);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static ProblemException link(ArchiveEntry entry) {
    return refused("The archive has '%s', which is no plain file.".formatted(entry.getName()));
  }

  private static ProblemException broken(IOException e) {
    return refused("The archive is broken: " + e.getMessage());
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(
        Problem.INVALID_ARCHIVE,
        detail,
        new FieldProblem("file", "must be a zip or tar.gz with one SavedModel"));
  }
}
