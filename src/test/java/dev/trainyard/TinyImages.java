package dev.trainyard;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/**
 * Three kinds of shapes on noisy ground: small enough to train on in seconds, not told apart by
 * colour.
 */
public final class TinyImages {

  public static final String[] LABELS = {"bar", "disc", "ring"};

  /**
   * A zip of class folders with {@code perClass} images each; the same seed gives the same images.
   */
  public static byte[] zip(int perClass, long seed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int kind = 0; kind < LABELS.length; kind++) {
        for (int n = 0; n < perClass; n++) {
          zip.putNextEntry(new ZipEntry("shapes/" + LABELS[kind] + "/" + n + ".jpg"));
          zip.write(jpeg(kind, seed * 1_000_003 + kind * 10_007L + n));
          zip.closeEntry();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static byte[] jpeg(int kind, long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(48, 48, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 48; x++) {
        int grey = 60 + random.nextInt(50);
        image.setRGB(x, y, new Color(grey, grey, grey).getRGB());
      }
    }
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.getHSBColor(random.nextFloat(), 0.6f, 0.95f));
    int size = 20 + random.nextInt(10);
    int x = 4 + random.nextInt(40 - size);
    int y = 4 + random.nextInt(40 - size);
    switch (kind) {
      case 0 -> g.fillRect(x, y + size / 3, size, size / 3);
      case 1 -> g.fillOval(x, y, size, size);
      default -> {
        g.setStroke(new java.awt.BasicStroke(4));
        g.drawOval(x, y, size, size);
      }
    }
    g.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpg", jpeg);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jpeg.toByteArray();
  }

  private TinyImages() {}
}
