package dev.trainyard.job.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.springframework.util.StreamUtils;

/** A job's event files, packed as they are while trainers may still add to them. */
record EventFilesArchive(Path folder, String name, List<String> files) {

  static final String TYPE = "application/gzip";

  /** Whatever else is in there, only names like those that trainers give are packed. */
  private static final Pattern FILE = Pattern.compile("events\\.out\\.tfevents\\.[A-Za-z0-9.-]+");

  /**
   * @param name of the folder that all of it is in
   */
  static EventFilesArchive of(Path folder, String name) throws IOException {
    List<String> files = new ArrayList<>();
    for (String part : List.of("", "eval/")) {
      Path within = folder.resolve(part);
      if (Files.isDirectory(within)) {
        try (Stream<Path> found = Files.list(within)) {
          found
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .map(file -> file.getFileName().toString())
              .filter(file -> FILE.matcher(file).matches())
              .sorted()
              .forEach(file -> files.add(part + file));
        }
      }
    }
    return new EventFilesArchive(folder, name, files);
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  void write(OutputStream out) throws IOException {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(out))) {
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String file : files) {
        add(tar, file);
      }
    }
  }

  /** As long as it is now: more may be written to it meanwhile, and it may be deleted. */
  private void add(TarArchiveOutputStream tar, String file) throws IOException {
    Path path = folder.resolve(file);
    try (InputStream in = Files.newInputStream(path)) {
      TarArchiveEntry entry = new TarArchiveEntry(name + "/" + file);
      entry.setModTime(Files.getLastModifiedTime(path));
      entry.setSize(Files.size(path));
      tar.putArchiveEntry(entry);
      StreamUtils.copyRange(in, tar, 0, entry.getSize() - 1);
      tar.closeArchiveEntry();
    } catch (NoSuchFileException e) {
      // It is too old.
    }
  }
}
