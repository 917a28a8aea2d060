package dev.trainyard.benchmark;

import dev.trainyard.demo.painting.FlowerKind;
import dev.trainyard.demo.painting.FlowerPainter;
import dev.trainyard.tfrecord.ImageExample;
import dev.trainyard.tfrecord.TfRecordWriter;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.springframework.util.FileSystemUtils;

/** Records to measure with where none are given: the demo's flowers as JPEGs of 320x240. */
final class BenchmarkImages {

  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int TRAIN = 2_000;
  private static final int VALIDATION = 400;

  private final FlowerPainter painter = new FlowerPainter(1);

  /** The folder with 8 shards for training and 3 for validation; draws them if it is not there. */
  static Path in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path part = folder.resolveSibling(".part-" + folder.getFileName());
      FileSystemUtils.deleteRecursively(part);
      Files.createDirectories(part);
      BenchmarkImages images = new BenchmarkImages();
      images.write(part, "train", 0, TRAIN, 8);
      images.write(part, "validation", TRAIN, VALIDATION, 3);
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    return folder;
  }

  /** Each shard has all kinds in turn. */
  private void write(Path folder, String split, int first, int count, int shards)
      throws IOException {
    List<TfRecordWriter> writers = new ArrayList<>();
    try {
      for (int shard = 0; shard < shards; shard++) {
        String name = "%s-%05d-of-%05d".formatted(split, shard, shards);
        writers.add(new TfRecordWriter(folder.resolve(name)));
      }
      for (int i = first; i < first + count; i++) {
        writers.get(i % shards).write(example(i).toBytes());
      }
    } finally {
      for (TfRecordWriter writer : writers) {
        writer.close();
      }
    }
  }

  private ImageExample example(int number) throws IOException {
    FlowerKind kind = FlowerKind.values()[number % FlowerKind.values().length];
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = picture.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    canvas.drawImage(painter.paint(kind, number), 0, 0, WIDTH, HEIGHT, null);
    canvas.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpeg", jpeg);
    int label = BenchmarkPlan.LABELS.indexOf(kind.label());
    return new ImageExample(
        HEIGHT, WIDTH, label, kind.label(), number + ".jpg", jpeg.toByteArray());
  }
}
