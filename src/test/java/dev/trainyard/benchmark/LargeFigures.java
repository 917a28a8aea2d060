package dev.trainyard.benchmark;

import dev.trainyard.ApiClient;
import dev.trainyard.Trainyard;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * One large archive, made while it is sent, through a service of its own with a heap of 512 MB: how
 * long it takes, and how much memory the process has had at its largest. Needs twice the archive's
 * size on the disk.
 */
final class LargeFigures {

  private static final int CLASSES = 10;
  private static final int PICTURES = 64;
  private static final String DATASETS = "/api/v1/datasets";
  private static final String BOUNDARY = "large-archive";

  private final int images;
  private final int side;

  LargeFigures(Options options) {
    this.images = options.number("images", 100_000);
    this.side = options.number("side", 580);
  }

  Map<String, Object> measure() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "large");
    int port = freePort();
    Process service = start(data, port);
    try {
      ApiClient api = new ApiClient(port);
      awaitHealthy(api, service);
      return measure(api, service);
    } finally {
      service.destroyForcibly().waitFor();
      FileSystemUtils.deleteRecursively(data);
    }
  }

  private Map<String, Object> measure(ApiClient api, Process service)
      throws IOException, InterruptedException {
    Map<String, Object> figures = new TreeMap<>();
    Stopwatch watch = new Stopwatch();
    ApiClient.Answer answer =
        api.send(
            HttpRequest.newBuilder(api.uri(DATASETS))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofInputStream(this::form)));
    if (answer.status() != 202) {
      throw new IOException(answer.text());
    }
    figures.put("upload_s", watch.seconds());
    watch = new Stopwatch();
    JsonNode dataset = api.get(DATASETS + "/large").json();
    while (dataset.get("state").asString().equals("CONVERTING")) {
      Thread.sleep(1000);
      dataset = api.get(DATASETS + "/large").json();
    }
    if (!dataset.get("state").asString().equals("READY")) {
      throw new IOException(dataset.toString());
    }
    figures.put("conversion_s", watch.seconds());
    figures.put("images_per_second", images / watch.seconds());
    figures.put("gigabytes", dataset.get("sizeBytes").asDouble() / 1e9);
    figures.put("peak_rss_mb", peakMegabytes(service));
    return figures;
  }

  private static Process start(Path data, int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            Trainyard.class.getName(),
            "--server.port=" + port,
            "--trainyard.data-dir=" + data)
        .redirectErrorStream(true)
        .redirectOutput(data.resolveSibling("large.log").toFile())
        .start();
  }

  private static void awaitHealthy(ApiClient api, Process service)
      throws IOException, InterruptedException {
    while (true) {
      if (!service.isAlive()) {
        throw new IOException("The service ended at once; target/large.log says why");
      }
      try {
        if (api.get("/actuator/health").status() == 200) {
          return;
        }
      } catch (AssertionError notYet) {
        // asked again
      }
      Thread.sleep(500);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  /** As Linux counts it. */
  private static double peakMegabytes(Process process) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }

  private InputStream form() {
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nlarge\r\n--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"large.zip\"\r\n\r\n"
            .formatted(BOUNDARY, BOUNDARY);
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(text(head), archive(), text("\r\n--" + BOUNDARY + "--\r\n"))));
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private InputStream archive() {
    try {
      PipedInputStream in = new PipedInputStream(1 << 20);
      PipedOutputStream out = new PipedOutputStream(in);
      Thread writer = new Thread(() -> write(out), "archive");
      writer.setDaemon(true);
      writer.start();
      return in;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(OutputStream out) {
    try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16))) {
      zip.setMethod(ZipOutputStream.STORED);
      List<byte[]> pictures = pictures();
      for (int i = 0; i < images; i++) {
        byte[] picture = pictures.get(i % PICTURES);
        vary(picture, i / PICTURES);
        ZipEntry entry = new ZipEntry("class-%d/%07d.jpg".formatted(i % CLASSES, i));
        CRC32 crc = new CRC32();
        crc.update(picture);
        entry.setCrc(crc.getValue());
        entry.setSize(picture.length);
        zip.putNextEntry(entry);
        zip.write(picture);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Noise, which compresses badly. */
  private List<byte[]> pictures() throws IOException {
    Random random = new Random(1);
    List<byte[]> pictures = new ArrayList<>();
    for (int n = 0; n < PICTURES; n++) {
      BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          image.setRGB(x, y, random.nextInt(1 << 24));
        }
      }
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(image, "jpeg", jpeg);
      pictures.add(jpeg.toByteArray());
    }
    return pictures;
  }

  /** Makes another picture of it: two of the steps of its quantization are others. */
  private static void vary(byte[] jpeg, int number) {
    int table = 0;
    while ((jpeg[table] & 0xFF) != 0xFF || (jpeg[table + 1] & 0xFF) != 0xDB) {
      table++;
    }
    jpeg[table + 5] = (byte) (1 + number % 255);
    jpeg[table + 6] = (byte) (1 + number / 255 % 255);
  }
}
