package dev.trainyard.dataset.jpeg;

import dev.trainyard.dataset.jpeg.Frame.Component;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads segments up to the scan (T.81, annex B); an index out of bounds is an early end. */
final class FrameReader {

  private static final int TABLES = 4;
  private static final int BLOCKS_IN_AN_MCU = 10;

  /** Eight are of use; making a table costs far more than its bytes. */
  private static final int MOST_TABLES = 64;

  private final byte[] jpeg;
  private final int[][] quantization = new int[TABLES][];
  private final @Nullable HuffmanTable[] dc = new @Nullable HuffmanTable[TABLES];
  private final @Nullable HuffmanTable[] ac = new @Nullable HuffmanTable[TABLES];
  private boolean jfif;
  private int adobe = -1;
  private int restartInterval;
  private int frame = -1;
  private int tables;

  FrameReader(byte[] jpeg) {
    this.jpeg = jpeg;
  }

  @Nullable Frame read() {
    int at = 2;
    while (true) {
      if (u8(at) != 0xFF) {
        return null;
      }
      int marker = u8(at + 1);
      int end = at + 2 + u16(at + 2);
      boolean fine =
          switch (marker) {
            case 0xFF -> false; // fill bytes are rare
            case 0xC0, 0xC1 -> frame < 0 && u8(at + 4) == 8 && (frame = at + 4) > 0;
            case 0xC4 -> readHuffman(at + 4, end);
            case 0xDB -> readQuantization(at + 4, end);
            case 0xDD -> (restartInterval = u16(at + 4)) >= 0;
            case 0xE0 -> (jfif |= ascii(at + 4, "JFIF\0")) || true;
            case 0xEE -> !ascii(at + 4, "Adobe") || (adobe = u8(at + 15)) >= 0;
            case 0xDA -> true;
            default -> marker > 0xE0 && marker <= 0xEF || marker == 0xFE;
          };
      if (!fine || end > jpeg.length) {
        return null;
      }
      if (marker == 0xDA) {
        return frame < 0 ? null : scan(at + 4, end);
      }
      at = end;
    }
  }

  private boolean readQuantization(int from, int end) {
    for (int at = from; at < end; ) {
      int table = u8(at) & 15;
      int bytes = u8(at) >> 4 == 0 ? 1 : 2;
      if (table >= TABLES) {
        return false;
      }
      int[] values = new int[64];
      for (int i = 0; i < 64; i++) {
        values[i] = bytes == 1 ? u8(at + 1 + i) : u16(at + 1 + 2 * i);
      }
      quantization[table] = values;
      at += 1 + 64 * bytes;
    }
    return true;
  }

  private boolean readHuffman(int from, int end) {
    for (int at = from; at < end; ) {
      int table = u8(at) & 15;
      int count = 0;
      for (int i = 1; i <= 16; i++) {
        count += u8(at + i);
      }
      int next = at + 17 + count;
      boolean tooMany = ++tables > MOST_TABLES;
      if (tooMany || table >= TABLES || u8(at) >> 4 > 1 || count > 256 || next > end) {
        return false;
      }
      if (u8(at) >> 4 == 1) {
        ac[table] = HuffmanTable.of(jpeg, at + 1, count);
      } else {
        dc[table] = sizesOnly(next - count, next) ? HuffmanTable.of(jpeg, at + 1, count) : null;
      }
      at = next;
    }
    return true;
  }

  private boolean sizesOnly(int from, int end) {
    for (int at = from; at < end; at++) {
      if (u8(at) > 15) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Frame scan(int at, int end) {
    int count = u8(at);
    List<Component> components = new ArrayList<>();
    if (count != u8(frame + 5) || count != 1 && count != 3 || end != at + 4 + 2 * count) {
      return null;
    }
    int band = at + 1 + 2 * count; // all coefficients, with all of their bits
    if (u8(band) != 0 || u8(band + 1) != 63 || u8(band + 2) != 0) {
      return null;
    }
    int blocks = 0;
    for (int i = 0; i < count; i++) {
      int declared = frame + 6 + 3 * i;
      int tables = u8(at + 2 + 2 * i);
      // A lone component has one block in an MCU, whatever it declares.
      int horizontal = count == 1 ? 1 : u8(declared + 1) >> 4;
      int vertical = count == 1 ? 1 : u8(declared + 1) & 15;
      if (u8(declared) != u8(at + 1 + 2 * i)
          || u8(declared + 2) >= TABLES
          || tables >> 4 >= TABLES
          || (tables & 15) >= TABLES
          || horizontal < 1
          || vertical < 1
          || horizontal > 4
          || vertical > 4) {
        return null;
      }
      int[] values = quantization[u8(declared + 2)];
      HuffmanTable forDc = dc[tables >> 4];
      HuffmanTable forAc = ac[tables & 15];
      if (values == null || forDc == null || forAc == null) {
        return null;
      }
      blocks += horizontal * vertical;
      components.add(new Component(u8(declared), horizontal, vertical, values, forDc, forAc));
    }
    int height = u16(frame + 1);
    int width = u16(frame + 3);
    return blocks > BLOCKS_IN_AN_MCU || width == 0 || height == 0
        ? null
        : new Frame(width, height, components, isRgb(components), restartInterval, end);
  }

  /** As libjpeg decides. */
  private boolean isRgb(List<Component> components) {
    if (components.size() != 3 || jfif) {
      return false;
    }
    return adobe >= 0
        ? adobe == 0
        : components.get(0).id() == 'R'
            && components.get(1).id() == 'G'
            && components.get(2).id() == 'B';
  }

  private boolean ascii(int at, String text) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    return at + expected.length <= jpeg.length
        && java.util.Arrays.equals(jpeg, at, at + expected.length, expected, 0, expected.length);
  }

  private int u8(int at) {
    return jpeg[at] & 0xFF;
  }

  private int u16(int at) {
    return u8(at) << 8 | u8(at + 1);
  }
}
