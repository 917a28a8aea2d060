package dev.trainyard.dataset.report;

import dev.trainyard.dataset.jpeg.ChannelMoments;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sums of the images' moments. Safe for concurrent use: integers add up to the same in any order,
 * which floating point does not.
 */
public final class ColourStatistics {

  /** Fixed point: room for two thousand million images. */
  private static final double ONE = 1L << 32;

  private final long[] means = new long[3];
  private final long[] squares = new long[3];
  private long images;

  public synchronized void add(ChannelMoments moments) {
    images++;
    for (int channel = 0; channel < 3; channel++) {
      means[channel] += Math.round(moments.mean()[channel] * ONE);
      squares[channel] += Math.round(moments.square()[channel] * ONE);
    }
  }

  /** As they are kept in a file: images, means, squares. */
  public synchronized long[] sums() {
    return Stream.of(new long[] {images}, means, squares).flatMapToLong(LongStream::of).toArray();
  }

  static DatasetReport.@Nullable Colour colour(long[] sums) {
    long images = sums[0];
    if (images == 0) {
      return null;
    }
    List<Double> mean = new ArrayList<>();
    List<Double> deviation = new ArrayList<>();
    for (int channel = 0; channel < 3; channel++) {
      double itsMean = sums[1 + channel] / ONE / images;
      double square = sums[4 + channel] / ONE / images;
      mean.add(Rounded.of(itsMean));
      deviation.add(Rounded.of(Math.sqrt(Math.max(0, square - itsMean * itsMean))));
    }
    return new DatasetReport.Colour(images, mean, deviation);
  }
}
