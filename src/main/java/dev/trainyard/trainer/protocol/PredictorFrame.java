package dev.trainyard.trainer.protocol;

import dev.trainyard.spec.SpecJson;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A message and its tensors as one unit on a pipe. In bytes, little-endian: a mark, the length of
 * the header (both four), the length of the body (eight); the header, in JSON; the body, which is
 * the tensors' contents one after the other.
 */
public record PredictorFrame(PredictorMessage message, List<TensorData> tensors) {

  /** What a library prints by itself is not taken for a frame. */
  private static final int MARK = 0x31505954;

  private static final int PREFIX = 16;
  private static final int LONGEST_HEADER = 16 << 20;
  private static final int CHUNK = 1 << 20;

  public PredictorFrame(PredictorMessage message) {
    this(message, List.of());
  }

  public void writeTo(OutputStream out) throws IOException {
    List<TensorHead> heads = new ArrayList<>();
    long length = 0;
    for (TensorData tensor : tensors) {
      int bytes = tensor.content().remaining();
      heads.add(new TensorHead(tensor.name(), tensor.type(), tensor.shape(), bytes));
      length += bytes;
    }
    byte[] header = SpecJson.MAPPER.writeValueAsBytes(new Header(message, heads));
    ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    out.write(prefix.putInt(MARK).putInt(header.length).putLong(length).array());
    out.write(header);
    byte[] chunk = new byte[(int) Math.min(CHUNK, length)];
    for (TensorData tensor : tensors) {
      ByteBuffer content = tensor.content();
      while (content.hasRemaining()) {
        int part = Math.min(chunk.length, content.remaining());
        content.get(chunk, 0, part);
        out.write(chunk, 0, part);
      }
    }
    out.flush();
  }

  /**
   * The next frame; null when the stream ends before it.
   *
   * @param most bytes of its body
   * @throws IOException also when what comes is no frame, or a larger one
   */
  public static @Nullable PredictorFrame read(InputStream in, long most) throws IOException {
    byte[] start = in.readNBytes(PREFIX);
    if (start.length == 0) {
      return null;
    }
    ByteBuffer prefix = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    if (start.length < PREFIX || prefix.getInt() != MARK) {
      throw new IOException("it said something that is no frame");
    }
    int headerLength = prefix.getInt();
    long bodyLength = prefix.getLong();
    if (headerLength < 0 || headerLength > LONGEST_HEADER || bodyLength < 0 || bodyLength > most) {
      throw new IOException("its frame has %d and %d bytes".formatted(headerLength, bodyLength));
    }
    try {
      Header header = SpecJson.MAPPER.readValue(whole(in, headerLength), Header.class);
      byte[] body = whole(in, (int) bodyLength);
      if (header == null || header.message == null || header.tensors == null) {
        throw new IOException("its frame has no message");
      }
      return new PredictorFrame(header.message, tensors(header.tensors, body));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException("its frame cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<TensorData> tensors(List<@Nullable TensorHead> heads, byte[] body)
      throws IOException {
    List<TensorData> tensors = new ArrayList<>();
    int at = 0;
    for (TensorHead head : heads) {
      if (head == null
          || head.name == null
          || head.type == null
          || head.shape == null
          || head.shape.contains(null)) {
        throw new IOException("its tensor has no type or no shape");
      }
      if (head.bytes < 0 || head.bytes > body.length - at) {
        throw new IOException("its tensor " + head.name + " is longer than its frame");
      }
      ByteBuffer content = ByteBuffer.wrap(body, at, head.bytes);
      tensors.add(new TensorData(head.name, head.type, head.shape, content));
      at += head.bytes;
    }
    return tensors;
  }

  private static byte[] whole(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length); // grows with what comes, not with what is claimed
    if (bytes.length < length) {
      throw new EOFException("it ended in the middle of a frame");
    }
    return bytes;
  }

  private record Header(
      @Nullable PredictorMessage message, @Nullable List<@Nullable TensorHead> tensors) {}

  /** As it came: a child that is no longer itself may leave out what it likes. */
  private record TensorHead(
      String name, @Nullable TensorType type, @Nullable List<Long> shape, int bytes) {}
}
