package dev.trainyard.trainer.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor on its way: row-major little-endian elements without padding. A string is its length in
 * four bytes, then its bytes; a truth value is one byte. This is also how the Open Inference
 * Protocol carries tensors in binary.
 *
 * @param shape no side is negative
 * @param content what lies between its position and its limit; never written to
 */
public record TensorData(String name, TensorType type, List<Long> shape, ByteBuffer content) {

  /**
   * @throws IllegalArgumentException when the content is not what the shape asks for; the message
   *     says how
   */
  public TensorData {
    shape = List.copyOf(shape);
    content = content.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long elements = elements(shape);
    long wanted =
        type == TensorType.STRING ? lengthOfStrings(content, elements) : size(type, elements);
    if (content.remaining() != wanted) {
      throw new IllegalArgumentException(
          "%d bytes of content do not fit the shape %s of %s, which takes %d"
              .formatted(content.remaining(), shape, type, wanted));
    }
  }

  /** Elements of a tensor of that shape. */
  public static long elements(List<Long> shape) {
    long elements = 1;
    for (long side : shape) {
      if (side < 0) {
        throw new IllegalArgumentException("the shape " + shape + " has a negative side");
      }
      elements = side == 0 ? 0 : multiply(elements, side, shape);
    }
    return elements;
  }

  /** The number of rows; 0 for a scalar, which has none. */
  public long rows() {
    return shape.isEmpty() ? 0 : shape.get(0);
  }

  /** The shape of one row. */
  public List<Long> rowShape() {
    return shape.subList(1, shape.size());
  }

  /** The same tensor under another name. */
  public TensorData named(String other) {
    return new TensorData(other, type, shape, content);
  }

  /** Rows {@code from} to {@code to}, without copying them. */
  public TensorData rows(long from, long to) {
    List<Long> part = new ArrayList<>(shape);
    part.set(0, to - from);
    ByteBuffer bytes = content();
    int begin = offset(bytes, from);
    int end = offset(bytes, to);
    return new TensorData(name, type, part, bytes.slice(begin, end - begin));
  }

  /** The elements of a tensor of strings, in order. */
  public List<byte[]> strings() {
    List<byte[]> strings = new ArrayList<>();
    ByteBuffer bytes = content();
    while (bytes.hasRemaining()) {
      byte[] string = new byte[bytes.getInt()];
      bytes.get(string);
      strings.add(string);
    }
    return strings;
  }

  /** A view of its own. */
  @Override
  public ByteBuffer content() {
    return content.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** One after the other; all of the same type and row shape, at least one. */
  public static TensorData concatenated(List<TensorData> parts) {
    TensorData first = parts.get(0);
    if (parts.size() == 1) {
      return first;
    }
    int size = 0;
    long rows = 0;
    for (TensorData part : parts) {
      if (part.type != first.type || !part.rowShape().equals(first.rowShape())) {
        throw new IllegalArgumentException("rows of different kinds cannot be one tensor");
      }
      size = Math.addExact(size, part.content.remaining());
      rows += part.rows();
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    parts.forEach(part -> all.put(part.content()));
    List<Long> shape = new ArrayList<>(first.shape);
    shape.set(0, rows);
    return new TensorData(first.name, first.type, shape, all.flip());
  }

  private int offset(ByteBuffer bytes, long row) {
    long elements = row * elements(rowShape());
    if (type != TensorType.STRING) {
      return (int) (elements * type.bytes());
    }
    int at = 0;
    for (long i = 0; i < elements; i++) {
      at += Integer.BYTES + bytes.getInt(at);
    }
    return at;
  }

  /** Walks from length to length, so that nobody behind it need doubt them. */
  private static long lengthOfStrings(ByteBuffer content, long elements) {
    int at = 0;
    for (long i = 0; i < elements; i++) {
      if (content.limit() - at < Integer.BYTES) {
        throw new IllegalArgumentException(
            "the content ends before its element " + i + " of " + elements);
      }
      int length = content.getInt(at);
      at += Integer.BYTES;
      if (length < 0 || length > content.limit() - at) {
        throw new IllegalArgumentException(
            "its element %d claims %d bytes, and %d are left"
                .formatted(i, Integer.toUnsignedLong(length), content.limit() - at));
      }
      at += length;
    }
    return at;
  }

  private static long size(TensorType type, long elements) {
    return elements > Long.MAX_VALUE / 8 ? Long.MAX_VALUE : elements * type.bytes();
  }

  private static long multiply(long elements, long side, List<Long> shape) {
    if (elements > Long.MAX_VALUE / side) {
      throw new IllegalArgumentException("the shape " + shape + " has more elements than can be");
    }
    return elements * side;
  }
}
