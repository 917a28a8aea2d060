package dev.trainyard.beam;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.ArchiveEntry;
import dev.trainyard.dataset.archive.ArchiveException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * A folder read like an archive: names are those below it.
 *
 * @param maxFileBytes of what is read whole
 */
record InputFolder(String folder, int maxFileBytes) implements Archive, Serializable {

  /** Every file in it, however deep, in no order. */
  @Override
  public List<ArchiveEntry> entries() {
    String root = root();
    try {
      MatchResult found = FileSystems.match(root + "**", EmptyMatchTreatment.ALLOW);
      return found.metadata().stream().map(file -> entry(file, root)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArchiveEntry entry(MatchResult.Metadata file, String root) {
    String name = file.resourceId().toString();
    if (!name.startsWith(root)) {
      throw new IllegalStateException(name + " was found in " + root);
    }
    return new ArchiveEntry(name.substring(root.length()), file.sizeBytes());
  }

  byte[] read(ArchiveEntry entry) throws IOException {
    if (entry.size() > maxFileBytes) {
      throw tooLarge(entry.size());
    }
    return read(entry.name());
  }

  @Override
  public byte[] read(String name) throws IOException {
    try (InputStream in = open(name)) {
      byte[] bytes = in.readNBytes(maxFileBytes);
      if (in.read() >= 0) {
        throw tooLarge(bytes.length + 1L + in.skip(Long.MAX_VALUE));
      }
      return bytes;
    }
  }

  @Override
  public InputStream open(String name) throws IOException {
    ResourceId file = resource().resolve(name, StandardResolveOptions.RESOLVE_FILE);
    try {
      return Channels.newInputStream(FileSystems.open(file));
    } catch (FileNotFoundException e) {
      throw new IOException(file + " was there when the folder was listed, and is no longer", e);
    }
  }

  @Override
  public String noun() {
    return "folder";
  }

  @Override
  public void close() {
    // Each file is closed when it has been read.
  }

  private ArchiveException tooLarge(long size) {
    return new ArchiveException("has %d bytes; up to %d are taken".formatted(size, maxFileBytes));
  }

  /** With what separates it from the names in it. */
  String root() {
    return resource().toString();
  }

  private ResourceId resource() {
    return FileSystems.matchNewResource(folder, true);
  }
}
