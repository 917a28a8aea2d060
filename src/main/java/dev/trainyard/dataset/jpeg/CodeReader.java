package dev.trainyard.dataset.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Takes codes and values from bits. Bits ahead are kept at the upper end of a long, and are topped
 * up without a branch, so that the loop over a block is as short as its look-ups.
 */
final class CodeReader {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int COEFFICIENTS = 64;

  private final byte[] data;
  private long ahead;
  private int have;
  private int next;

  CodeReader(byte[] data) {
    this.data = data;
  }

  int position() {
    return 8 * next - have;
  }

  void seek(int bit) {
    next = bit >>> 3;
    ahead = 0;
    have = 0;
    fill();
    take(bit & 7);
  }

  private void fill() {
    ahead |= (long) LONGS.get(data, next) >>> have;
    next += 63 - have >> 3;
    have |= 56;
  }

  private void take(int bits) {
    ahead <<= bits;
    have -= bits;
  }

  /** The next symbol, whose value, if any, is to be taken then; -1 when there is none. */
  int symbol(HuffmanTable table) {
    fill();
    int code = table.code(ahead);
    take(code >> 8);
    return code == 0 ? -1 : code & 0xFF;
  }

  /** T.81, F.2.2.1: as many bits as its size; a first bit of 0 makes it negative. */
  int value(int size) {
    if (size == 0) {
      return 0;
    }
    int value = (int) (ahead >>> Long.SIZE - size);
    int signed = ahead < 0 ? value : value - (1 << size) + 1;
    take(size);
    return signed;
  }

  /** Steps over all coefficients of a block but the first; false when a code is none. */
  boolean skip(short[] steps, HuffmanTable table) {
    long bits = ahead;
    int valid = have;
    int from = next;
    int step;
    int coefficient = 1;
    do {
      bits |= (long) LONGS.get(data, from) >>> valid;
      from += 63 - valid >> 3;
      valid |= 56;
      step = steps[(int) (bits >>> HuffmanTable.SHIFT)];
      coefficient += step >> HuffmanTable.STEP;
      bits <<= step & 31;
      valid -= step & 31;
      if (coefficient >= COEFFICIENTS) {
        break;
      }
      step = steps[(int) (bits >>> HuffmanTable.SHIFT)]; // the first took half of the bits at most
      coefficient += step >> HuffmanTable.STEP;
      bits <<= step & 31;
      valid -= step & 31;
    } while (coefficient < COEFFICIENTS);
    ahead = bits;
    have = valid;
    next = from;
    int beyondEnd = coefficient - HuffmanTable.END_OF_BLOCK;
    if (coefficient == COEFFICIENTS || beyondEnd > 0 && beyondEnd < COEFFICIENTS) {
      return true;
    }
    // A long code, or a step into the next block.
    seek(position() - (step & 31));
    return finish(coefficient - (step >> HuffmanTable.STEP), table);
  }

  private boolean finish(int from, HuffmanTable table) {
    int coefficient = from;
    while (coefficient < COEFFICIENTS) {
      int symbol = symbol(table);
      if (symbol <= 0) {
        return symbol == 0;
      }
      take(symbol & 15);
      coefficient += (symbol >> 4) + 1;
    }
    return coefficient == COEFFICIENTS;
  }
}
