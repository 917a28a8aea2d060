package dev.trainyard.trainer;

import dev.trainyard.tfrecord.ImageExample;
import dev.trainyard.tfrecord.TfRecordWriter;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** A small dataset that is easy to learn: noisy squares, whose colour is their class. */
public final class TinyImages {

  public static final List<String> LABELS = List.of("blue", "green", "red");

  private static final Color[] COLORS = {Color.BLUE, Color.GREEN, Color.RED};

  private TinyImages() {}

  /** Writes {@code train} and {@code validation} images, in two shards each, to {@code folder}. */
  public static TrainingPlan.Data write(Path folder, int train, int validation) {
    List<Path> trainShards = shards(folder, "train", train, 1);
    List<Path> validationShards =
        validation == 0 ? List.of() : shards(folder, "validation", validation, 2);
    return new TrainingPlan.Data(trainShards, validationShards, LABELS, train, validation);
  }

  private static List<Path> shards(Path folder, String split, int count, long seed) {
    List<Path> shards = new ArrayList<>();
    Random random = new Random(seed);
    for (int shard = 0; shard < 2; shard++) {
      List<byte[]> records = new ArrayList<>();
      for (int i = shard; i < count; i += 2) {
        int label = i % LABELS.size();
        records.add(record(label, split + "-" + i + ".jpg", encode(image(label, random), "jpeg")));
      }
      shards.add(shard(folder.resolve("%s-%05d-of-00002".formatted(split, shard)), records));
    }
    return shards;
  }

  /** An Example of one image. */
  public static byte[] record(int label, String filename, byte[] encoded) {
    return new ImageExample(24, 24, label, LABELS.get(Math.floorMod(label, 3)), filename, encoded)
        .toBytes();
  }

  public static Path shard(Path file, List<byte[]> records) {
    try {
      Files.createDirectories(file.getParent());
      try (TfRecordWriter writer = new TfRecordWriter(file)) {
        for (byte[] record : records) {
          writer.write(record);
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** 24x24 pixels. */
  public static BufferedImage image(int label, Random random) {
    BufferedImage image = new BufferedImage(24, 24, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 24; y++) {
      for (int x = 0; x < 24; x++) {
        image.setRGB(x, y, 0x101010 * random.nextInt(16));
      }
    }
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(COLORS[label]);
    graphics.fillRect(random.nextInt(12), random.nextInt(12), 12, 12);
    graphics.dispose();
    return image;
  }

  /** The image as a file of {@code format}, {@code jpeg} or {@code png}. */
  public static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException(format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
