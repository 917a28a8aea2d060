package dev.trainyard.dataset.traits;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes what is kept of each image. */
public final class TraitsWriter implements Closeable {

  private static final int BUFFER = 1 << 16;

  private final CRC32C crc = new CRC32C();
  private final DataOutputStream out;
  private int missing;

  /**
   * @param totals with the number of images that will be added
   */
  public TraitsWriter(Path file, TraitsTotals totals) throws IOException {
    this.out =
        new DataOutputStream(
            new CheckedOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file), BUFFER), crc));
    this.missing = totals.images();
    out.write(TraitsFormat.header(totals));
  }

  public void add(ReportedImage image, boolean train) throws IOException {
    out.write(TraitsFormat.row(image, train));
    missing--;
  }

  /** Without it the file is not whole. */
  public void finish() throws IOException {
    if (missing != 0) {
      throw new IllegalStateException(missing + " images have not been added");
    }
    out.writeInt((int) crc.getValue());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
