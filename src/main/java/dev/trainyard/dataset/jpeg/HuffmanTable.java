package dev.trainyard.dataset.jpeg;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One code of a DHT segment (T.81, annex C) as look-up tables. Bits come at the upper end of a
 * long.
 */
final class HuffmanTable {

  /** Shift that leaves the bits which the tables are looked up by. */
  static final int SHIFT = Long.SIZE - 13;

  /** Of a step: {@code coefficients << STEP | bits}. */
  static final int STEP = 5;

  /** Coefficients of a step that ends its block count from here. */
  static final int END_OF_BLOCK = 128;

  /** More coefficients than any step has. */
  static final int NO_STEP = 400;

  private static final int WINDOW = Long.SIZE - SHIFT;
  private static final int MAX_LENGTH = 16;
  private static final int LAST = 64;
  private static final int ZERO_RUN = 0xF0;

  /** Most encoders use the standard's tables, or those of a program, again and again. */
  private static final Map<String, HuffmanTable> KNOWN = new ConcurrentHashMap<>();

  private static final int MAX_KNOWN = 64;

  /**
   * Length and symbol, {@code length << 8 | symbol}; 0 when the code is longer or there is none.
   */
  private final short[] codes = new short[1 << WINDOW];

  /** For each length the end of its codes, at the upper end of 16 bits. */
  private final int[] ends = new int[MAX_LENGTH + 1];

  private final int[] offsets = new int[MAX_LENGTH + 1];
  private final byte[] symbols;
  private short @Nullable [] steps;

  private HuffmanTable(byte[] counts, byte[] symbols) {
    this.symbols = symbols;
    int code = 0;
    int next = 0;
    for (int length = 1; length <= MAX_LENGTH; length++) {
      offsets[length] = next - code;
      for (int i = counts[length - 1] & 0xFF; i > 0; i--) {
        if (length <= WINDOW) {
          int from = code << WINDOW - length;
          short entry = (short) (length << 8 | symbols[next] & 0xFF);
          Arrays.fill(codes, from, from + (1 << WINDOW - length), entry);
        }
        code++;
        next++;
      }
      ends[length] = code << MAX_LENGTH - length;
      code <<= 1;
    }
  }

  /**
   * @param at the 16 counts, followed by the symbols
   * @param count of the symbols
   * @return null when they are no code
   */
  static @Nullable HuffmanTable of(byte[] bytes, int at, int count) {
    String key = new String(bytes, 0, at, MAX_LENGTH + count);
    HuffmanTable known = KNOWN.get(key);
    if (known != null) {
      return known;
    }
    byte[] counts = Arrays.copyOfRange(bytes, at, at + MAX_LENGTH);
    if (!isCode(counts)) {
      return null;
    }
    int symbols = at + MAX_LENGTH;
    HuffmanTable table =
        new HuffmanTable(counts, Arrays.copyOfRange(bytes, symbols, symbols + count));
    if (KNOWN.size() >= MAX_KNOWN) {
      KNOWN.clear();
    }
    KNOWN.put(key, table);
    return table;
  }

  private static boolean isCode(byte[] counts) {
    int code = 0;
    for (int length = 1; length <= MAX_LENGTH; length++) {
      code += counts[length - 1] & 0xFF;
      if (code >= 1 << length) { // none is all ones
        return false;
      }
      code <<= 1;
    }
    return true;
  }

  /** The code that {@code bits} begin with, {@code length << 8 | symbol}; 0 when there is none. */
  int code(long bits) {
    int entry = codes[(int) (bits >>> SHIFT)];
    return entry != 0 ? entry : longCode((int) (bits >>> Long.SIZE - MAX_LENGTH));
  }

  private int longCode(int bits) {
    for (int length = WINDOW + 1; length <= MAX_LENGTH; length++) {
      if (bits < ends[length]) {
        int symbol = symbols[(bits >> MAX_LENGTH - length) + offsets[length]] & 0xFF;
        return length << 8 | symbol;
      }
    }
    return 0;
  }

  /**
   * What the next few codes of a block do together: how many coefficients they are, and how many
   * bits, those of their values included; at most 31.
   */
  short[] steps() {
    short[] made = steps;
    if (made == null) {
      made = new short[1 << WINDOW];
      for (int i = 0; i < made.length; i++) {
        made[i] = (short) step(i);
      }
      steps = made; // whoever comes first: they are all the same
    }
    return made;
  }

  private int step(int window) {
    int bits = 0;
    int coefficients = 0;
    while (bits < WINDOW && coefficients < LAST - 16) {
      int entry = codes[window << bits & (1 << WINDOW) - 1];
      int length = entry >> 8;
      if (entry == 0 || bits + length > WINDOW) {
        break;
      }
      int symbol = entry & 0xFF;
      bits += length + (symbol & 15);
      if ((symbol & 15) == 0 && symbol != ZERO_RUN) {
        return END_OF_BLOCK + coefficients << STEP | bits;
      }
      coefficients += (symbol >> 4) + 1;
    }
    return (coefficients == 0 ? NO_STEP : coefficients) << STEP | bits;
  }
}
