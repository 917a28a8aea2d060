package dev.trainyard.demo;

import dev.trainyard.demo.painting.FlowerKind;
import dev.trainyard.demo.painting.FlowerPainter;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The drawn data set as a zip of class folders: {@code tulips/tulips-0042.jpg}. */
final class FlowerArchive {

  private static final float JPEG_QUALITY = 0.85f;

  /** Pictures painted at a time: enough to keep all processors busy, little to hold. */
  private static final int CHUNK = 64;

  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private final FlowerPainter painter;
  private final int imagesPerKind;

  FlowerArchive(long seed, int imagesPerKind) {
    this.painter = new FlowerPainter(seed);
    this.imagesPerKind = imagesPerKind;
  }

  /** Paints every picture and writes the zip; the same seed gives the same bytes. */
  void write(Path zip) throws IOException {
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(zip));
        ZipOutputStream out = new ZipOutputStream(file, StandardCharsets.UTF_8)) {
      out.setLevel(0); // JPEGs do not shrink
      for (FlowerKind kind : FlowerKind.values()) {
        for (int first = 0; first < imagesPerKind; first += CHUNK) {
          int start = first;
          List<byte[]> chunk =
              IntStream.range(start, Math.min(start + CHUNK, imagesPerKind))
                  .parallel()
                  .mapToObj(index -> jpeg(kind, index))
                  .toList();
          for (int i = 0; i < chunk.size(); i++) {
            ZipEntry entry = new ZipEntry(name(kind, start + i));
            entry.setTimeLocal(ENTRY_TIME);
            out.putNextEntry(entry);
            out.write(chunk.get(i));
            out.closeEntry();
          }
        }
      }
    }
  }

  /** One picture as a JPEG file's bytes. */
  byte[] jpeg(FlowerKind kind, int index) {
    BufferedImage picture = painter.paint(kind, index);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(JPEG_QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static String name(FlowerKind kind, int index) {
    return String.format(Locale.ROOT, "%s/%s-%04d.jpg", kind.label(), kind.label(), index);
  }
}
