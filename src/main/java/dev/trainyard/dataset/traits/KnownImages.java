package dev.trainyard.dataset.traits;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The images that a dataset has, read from its file each time: in memory are where each of them
 * stands there, and its split. Whoever opens it closes it.
 */
public final class KnownImages implements Closeable {

  private final Path file;
  private final @Nullable FileChannel channel;
  private final TraitsTotals totals;
  private final long[] places;
  private final BitSet train;

  private KnownImages(
      Path file, @Nullable FileChannel channel, TraitsTotals totals, long[] places, BitSet train) {
    this.file = file;
    this.channel = channel;
    this.totals = totals;
    this.places = places;
    this.train = train;
  }

  /** Those of a dataset that adds to none. */
  public static KnownImages none() {
    return new KnownImages(Path.of(""), null, TraitsTotals.none(), new long[1], new BitSet());
  }

  /**
   * @throws DamagedTraitsException when the file is not what was written
   */
  public static KnownImages open(Path file) throws IOException {
    TraitsTotals totals;
    long[] places;
    BitSet train = new BitSet();
    try (TraitsReader in = new TraitsReader(file)) {
      totals = in.totals();
      places = new long[totals.images() + 1];
      places[0] = in.position();
      int index = 0;
      for (KnownImage image = in.next(); image != null; image = in.next()) {
        train.set(index, image.train());
        places[++index] = in.position();
      }
    }
    return new KnownImages(file, FileChannel.open(file), totals, places, train);
  }

  public TraitsTotals totals() {
    return totals;
  }

  public int size() {
    return totals.images();
  }

  /** Whether one is to train on, without a look into the file. */
  public boolean isTrain(int index) {
    return train.get(index);
  }

  public KnownImage get(int index) {
    ByteBuffer row = ByteBuffer.allocate((int) (places[index + 1] - places[index]));
    try {
      while (row.hasRemaining()) {
        if (Objects.requireNonNull(channel).read(row, places[index] + row.position()) < 0) {
          throw new EOFException(file + " has become shorter");
        }
      }
      return TraitsFormat.image(row.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes one image. */
  public interface Visitor {
    void visit(KnownImage image) throws IOException;
  }

  /** All of them in their order: far faster than one by one. */
  public void forEach(Visitor visitor) throws IOException {
    if (size() == 0) {
      return;
    }
    try (TraitsReader in = new TraitsReader(file)) {
      for (KnownImage image = in.next(); image != null; image = in.next()) {
        visitor.visit(image);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
