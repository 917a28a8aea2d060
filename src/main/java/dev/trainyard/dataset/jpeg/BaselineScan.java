package dev.trainyard.dataset.jpeg;

import dev.trainyard.dataset.jpeg.Frame.Component;
import java.util.Arrays;

/** Follows the codes of a scan, MCU by MCU. Not for concurrent use. */
final class BaselineScan {

  private static final int LARGEST_CONSTANT = 11;

  private final Frame frame;
  private final EntropyBits bits;
  private final CodeReader codes;
  private final int mcus;
  private final int columns;
  private final int[] blockComponents;
  private final HuffmanTable[] dc;
  private final HuffmanTable[] ac;
  private final short[][] steps;
  private final int[] predictions;
  private final long[] sums;
  private final SampledBlocks sampled;

  BaselineScan(byte[] jpeg, Frame frame) {
    this.frame = frame;
    this.bits = EntropyBits.of(jpeg, frame.scan());
    this.codes = new CodeReader(bits.data());
    codes.seek(0);
    this.columns = parts(frame.width(), 8 * frame.maxHorizontal());
    this.mcus = Math.multiplyExact(columns, parts(frame.height(), 8 * frame.maxVertical()));
    int components = frame.components().size();
    this.dc = frame.components().stream().map(Component::dc).toArray(HuffmanTable[]::new);
    this.ac = frame.components().stream().map(Component::ac).toArray(HuffmanTable[]::new);
    this.steps = Arrays.stream(ac).map(HuffmanTable::steps).toArray(short[][]::new);
    this.predictions = new int[components];
    this.sums = new long[components];
    this.blockComponents = blockComponents(frame);
    this.sampled = new SampledBlocks(frame);
  }

  private static int parts(int whole, int part) {
    return (whole + part - 1) / part;
  }

  private static int[] blockComponents(Frame frame) {
    return java.util.stream.IntStream.range(0, frame.components().size())
        .flatMap(
            c -> {
              Component component = frame.components().get(c);
              return java.util.stream.IntStream.generate(() -> c)
                  .limit((long) component.horizontal() * component.vertical());
            })
        .toArray();
  }

  /** Whether the scan holds the whole image and nothing else, and the image ends after it. */
  boolean walk(byte[] jpeg) {
    int interval = frame.restartInterval() == 0 ? mcus : frame.restartInterval();
    if (bits.count() != parts(mcus, interval) || !JpegScan.isEnd(jpeg, bits.next())) {
      return false;
    }
    int stride = SampledBlocks.stride(mcus);
    int nextSample = stride / 2;
    for (int part = 0, mcu = 0; part < bits.count(); part++) {
      int limit = 8 * bits.ends()[part];
      int last = Math.min(mcus, (part + 1) * interval);
      Arrays.fill(predictions, 0);
      for (; mcu < last; mcu++) {
        Arrays.fill(sums, 0);
        boolean fine;
        if (mcu == nextSample) {
          fine = sample(mcu);
          nextSample += stride;
        } else {
          fine = skip();
        }
        if (!fine || codes.position() > limit) {
          return false;
        }
        sampled.addMean(sums, mcu % columns, mcu / columns);
      }
      if (codes.position() + 7 < limit) {
        return false; // bytes are left
      }
      codes.seek(limit);
    }
    return true;
  }

  /** Reads the constant terms of an MCU and steps over all others. */
  private boolean skip() {
    for (int component : blockComponents) {
      if (!readConstant(component) || !codes.skip(steps[component], ac[component])) {
        return false;
      }
    }
    return true;
  }

  private boolean readConstant(int component) {
    int size = codes.symbol(dc[component]);
    if (size < 0 || size > LARGEST_CONSTANT) {
      return false;
    }
    predictions[component] += codes.value(size);
    sums[component] += predictions[component];
    return true;
  }

  /** Reads all coefficients of an MCU. */
  private boolean sample(int mcu) {
    for (int block = 0; block < blockComponents.length; block++) {
      int component = blockComponents[block];
      if (!readConstant(component)) {
        return false;
      }
      sampled.set(component, 0, predictions[component]);
      for (int k = 1; k < 64; k++) {
        int symbol = codes.symbol(ac[component]);
        if (symbol <= 0) {
          if (symbol < 0) {
            return false;
          }
          break;
        }
        k += symbol >> 4;
        if (k > 63) {
          return false;
        }
        sampled.set(component, k, codes.value(symbol & 15));
      }
      sampled.endBlock(block);
    }
    sampled.addMcu(mcu % columns, mcu / columns);
    return true;
  }

  /** The byte after the end of the image. */
  int end() {
    return bits.next() + 2;
  }

  ChannelMoments moments() {
    return sampled.moments();
  }
}
