package dev.trainyard.dataset.image;

import dev.trainyard.benchmark.JpegFiles;
import dev.trainyard.benchmark.Options;
import dev.trainyard.dataset.jpeg.JpegScan;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.tfrecord.ImageExample;
import dev.trainyard.tfrecord.TfRecordWriter;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What the parts of a conversion cost, in microseconds of one processor for an image. */
public final class IntakeFigures {

  private static final int ROUNDS = 8;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Does something with each image. */
  private interface Part {
    Object of(byte[] jpeg) throws Exception;
  }

  private final List<byte[]> images;
  private final Map<String, Object> figures = new LinkedHashMap<>();

  private IntakeFigures(List<byte[]> images) {
    this.images = images;
  }

  public static void main(String[] arguments) throws Exception {
    Options options = Options.of(arguments, 1);
    Path folder = JpegFiles.of(options.path("data").orElseThrow());
    IntakeFigures figures = new IntakeFigures(JpegFiles.images(folder).subList(0, 800));
    figures.measureAll(folder.resolve("images.zip"));
    System.out.println(SpecJson.MAPPER.writeValueAsString(figures.figures));
  }

  private void measureAll(Path archive) throws Exception {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      List<? extends ZipEntry> entries = zip.stream().limit(images.size()).toList();
      int[] next = new int[1];
      measure(
          "read_from_zip",
          jpeg -> {
            try (var in = zip.getInputStream(entries.get(next[0]++ % entries.size()))) {
              return in.readAllBytes();
            }
          });
    }
    measure(
        "crc32",
        jpeg -> {
          CRC32 crc = new CRC32();
          crc.update(jpeg);
          return crc.getValue();
        });
    measure("header", JpegHeader::parse);
    measure("fingerprint", jpeg -> Fingerprint.of(jpeg, 1));
    measure("walk_fast", JpegScan::fast);
    measure("walk_full_with_colours", JpegScan::full);
    measure("decode_by_image_io", jpeg -> JpegDecodability.check(jpeg, JpegHeader.parse(jpeg)));
    measure("record", jpeg -> new ImageExample(240, 320, 0, "daisy", "1.jpg", jpeg).toBytes());
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    TfRecordWriter writer =
        new TfRecordWriter(
            new BufferedOutputStream(
                new DigestOutputStream(OutputStream.nullOutputStream(), digest), 1 << 16));
    measure(
        "crc32c_and_sha256",
        jpeg -> {
          writer.write(jpeg);
          return jpeg;
        });
  }

  private void measure(String name, Part part) throws Exception {
    double best = Double.MAX_VALUE;
    Object seen = null;
    for (int round = 0; round < ROUNDS; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      for (byte[] image : images) {
        seen = part.of(image);
      }
      long nanos = THREADS.getCurrentThreadCpuTime() - start;
      best = Math.min(best, nanos / 1e3 / images.size());
    }
    figures.put(name, seen == null ? Double.NaN : best);
  }
}
