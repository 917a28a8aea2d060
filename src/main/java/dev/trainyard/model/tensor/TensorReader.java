package dev.trainyard.model.tensor;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Makes a tensor of nested JSON lists, element by element. The first value tells the shape;
 * whatever does not fit it is refused by its path.
 */
public final class TensorReader {

  private static final int DEEPEST = 16;
  private static final int UNKNOWN = -1;

  private final String name;
  private final TensorType type;
  private final long most;
  private final int[] sides = new int[DEEPEST];
  private final int[] at = new int[DEEPEST];
  private int depth = UNKNOWN;
  private long rows;
  private ByteBuffer content = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * @param most bytes that the tensor may have
   */
  public TensorReader(String name, TensorType type, long most) {
    this.name = name;
    this.type = type;
    this.most = most;
    Arrays.fill(sides, UNKNOWN);
  }

  /** Adds the value at the parser's current token as one row, of the same shape as those before. */
  public void row(JsonParser json, String path) {
    value(json, 0, path);
    rows++;
  }

  /** The rows that were added. */
  public TensorData rows() {
    List<Long> shape = shape();
    shape.add(0, rows);
    return data(shape);
  }

  /** The value at the parser's current token as the whole tensor. */
  public TensorData whole(JsonParser json, String path) {
    value(json, 0, path);
    return data(shape());
  }

  /** The elements at the parser's current token, whatever lists they stand in, in that shape. */
  public TensorData elements(JsonParser json, String path, List<Long> shape) {
    long count = flat(json, path, 0);
    long wanted = TensorData.elements(shape);
    if (count != wanted) {
      throw invalid(path, "has %d elements; the shape %s has %d".formatted(count, shape, wanted));
    }
    return data(shape);
  }

  private List<Long> shape() {
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      shape.add((long) Math.max(0, sides[i]));
    }
    return shape;
  }

  private TensorData data(List<Long> shape) {
    return new TensorData(name, type, shape, content.duplicate().flip());
  }

  private long flat(JsonParser json, String path, long count) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      element(json, path, 0);
      return count + 1;
    }
    long now = count;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      now = flat(json, path, now);
    }
    return now;
  }

  private void value(JsonParser json, int level, String path) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      if (depth == UNKNOWN) {
        depth = level;
      } else if (depth != level) {
        throw invalid(place(path, level), "must be a list like those before it");
      }
      element(json, path, level);
      return;
    }
    if (level == DEEPEST || level == depth) {
      throw invalid(
          place(path, level),
          level == depth ? "must be no list, like those before it" : "is nested too deep");
    }
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      at[level] = count++;
      value(json, level + 1, path);
    }
    if (depth == UNKNOWN) {
      depth = level + 1; // an empty list
    }
    if (sides[level] == UNKNOWN) {
      sides[level] = count;
    } else if (sides[level] != count) {
      throw invalid(
          place(path, level),
          "has %d elements; those before it have %d".formatted(count, sides[level]));
    }
  }

  private String place(String path, int level) {
    StringBuilder place = new StringBuilder(path);
    for (int i = 0; i < level; i++) {
      place.append('[').append(at[i]).append(']');
    }
    return place.toString();
  }

  private void element(JsonParser json, String path, int level) {
    boolean taken =
        switch (type) {
          case STRING -> string(json, path, level);
          case BOOL -> bool(json);
          case FLOAT, DOUBLE, HALF, BFLOAT16 -> real(json);
          case UINT8, UINT16, INT32, INT64 -> whole(json);
        };
    if (!taken) {
      throw invalid(place(path, level), "must be " + expected() + ", as the model takes " + type);
    }
  }

  private String expected() {
    return switch (type) {
      case STRING -> "a text or {\"b64\": \"...\"}";
      case BOOL -> "true or false";
      case FLOAT, DOUBLE, HALF, BFLOAT16 -> "a number in its range";
      case UINT8, UINT16, INT32, INT64 -> "a whole number in its range";
    };
  }

  private boolean string(JsonParser json, String path, int level) {
    if (json.currentToken() == JsonToken.START_OBJECT
        || json.currentToken() == JsonToken.PROPERTY_NAME) {
      byte[] bytes = Base64Json.object(json, place(path, level));
      room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
      return true;
    }
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return false;
    }
    byte[] text = json.getString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    room(Integer.BYTES + text.length).putInt(text.length).put(text);
    return true;
  }

  private boolean bool(JsonParser json) {
    room(1).put((byte) (json.currentToken() == JsonToken.VALUE_TRUE ? 1 : 0));
    return json.currentToken() == JsonToken.VALUE_TRUE
        || json.currentToken() == JsonToken.VALUE_FALSE;
  }

  private boolean real(JsonParser json) {
    if (!json.currentToken().isNumeric()) {
      return false;
    }
    double value = json.getDoubleValue();
    if (type == TensorType.DOUBLE) {
      room(Double.BYTES).putDouble(value);
      return !Double.isInfinite(value) || json.isNaN();
    }
    float narrow = (float) value;
    switch (type) {
      case HALF -> {
        short half = Float16.toHalf(narrow);
        narrow = Float16.ofHalf(half);
        room(Short.BYTES).putShort(half);
      }
      case BFLOAT16 -> {
        short upper = Float16.toBfloat16(narrow);
        narrow = Float16.ofBfloat16(upper);
        room(Short.BYTES).putShort(upper);
      }
      default -> room(Float.BYTES).putFloat(narrow);
    }
    return !Float.isInfinite(narrow) || json.isNaN(); // as it stands there
  }

  private boolean whole(JsonParser json) {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
        || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      return false;
    }
    long value = json.getLongValue();
    switch (type) {
      case UINT8 -> room(1).put((byte) value);
      case UINT16 -> room(Short.BYTES).putShort((short) value);
      case INT32 -> room(Integer.BYTES).putInt((int) value);
      default -> room(Long.BYTES).putLong(value);
    }
    return switch (type) {
      case UINT8 -> value >= 0 && value <= 0xff;
      case UINT16 -> value >= 0 && value <= 0xffff;
      case INT32 -> value == (int) value;
      default -> true;
    };
  }

  private ByteBuffer room(int bytes) {
    if (content.remaining() < bytes) {
      if (content.position() + (long) bytes > most) {
        throw new ProblemException(
            Problem.UPLOAD_TOO_LARGE,
            "The tensor '%s' has more than %d bytes (trainyard.model.max-request-size). Send it in several requests."
                .formatted(name, most));
      }
      long size = Math.max(content.capacity() * 2L, content.position() + (long) bytes);
      ByteBuffer larger = ByteBuffer.allocate((int) Math.min(size, most));
      content = larger.order(ByteOrder.LITTLE_ENDIAN).put(content.flip());
    }
    return content;
  }
}
