package dev.trainyard.benchmark;

import dev.trainyard.tfrecord.ImageExample;
import dev.trainyard.tfrecord.TfRecordReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.util.FileSystemUtils;

/**
 * The JPEGs of shards as what converters are given: files in class folders, a list {@code
 * path,label} of them, and a zip archive, in which they are not compressed again.
 */
public final class JpegFiles {

  private static final Path FOLDER = Path.of("target", "benchmark", "images");

  private JpegFiles() {}

  /** The folder; made of the shards in {@code data} if it is not there. */
  public static Path of(Path data) throws IOException {
    if (!Files.isDirectory(FOLDER)) {
      Path part = FOLDER.resolveSibling(".part-images");
      FileSystemUtils.deleteRecursively(part);
      Files.createDirectories(part);
      StringBuilder list = new StringBuilder();
      try (ZipOutputStream zip =
              new ZipOutputStream(
                  new BufferedOutputStream(Files.newOutputStream(part.resolve("images.zip"))));
          Stream<Path> files = Files.list(data)) {
        zip.setMethod(ZipOutputStream.STORED);
        for (Path shard : files.sorted().toList()) {
          unpack(shard, part, zip, list);
        }
      }
      Files.writeString(part.resolve("images.csv"), list);
      Files.write(part.resolve("labels.txt"), BenchmarkPlan.LABELS);
      Files.move(part, FOLDER, StandardCopyOption.ATOMIC_MOVE);
    }
    return FOLDER;
  }

  private static void unpack(Path shard, Path folder, ZipOutputStream zip, StringBuilder list)
      throws IOException {
    try (TfRecordReader reader = new TfRecordReader(shard)) {
      for (byte[] record = reader.read(); record != null; record = reader.read()) {
        ImageExample example = ImageExample.parse(record);
        String name = example.label() + "/" + shard.getFileName() + "-" + example.filename();
        Path file = folder.resolve(name);
        Files.createDirectories(folder.resolve(example.label()));
        Files.write(file, example.encoded());
        list.append(FOLDER.resolve(name)).append(',').append(example.label()).append('\n');
        zip.putNextEntry(stored(name, example.encoded()));
        zip.write(example.encoded());
      }
    }
  }

  private static ZipEntry stored(String name, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    return entry;
  }

  /** The images of the list. */
  public static List<byte[]> images(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("images.csv")).stream()
        .map(line -> Path.of(line.substring(0, line.lastIndexOf(','))))
        .map(JpegFiles::read)
        .toList();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
