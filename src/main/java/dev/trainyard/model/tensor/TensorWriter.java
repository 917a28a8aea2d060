package dev.trainyard.model.tensor;

import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes a tensor as JSON, from its first element to its last. */
public final class TensorWriter {

  /** Ends the name of an output whose strings are bytes, in TensorFlow Serving's convention. */
  private static final String BYTES = "_bytes";

  private final JsonGenerator json;
  private final TensorData tensor;
  private final ByteBuffer content;
  private final boolean isBase64;

  /** As TensorFlow Serving does it: text, but {@code {"b64": ...}} for bytes. */
  public TensorWriter(JsonGenerator json, TensorData tensor) {
    this.json = json;
    this.tensor = tensor;
    this.content = tensor.content();
    this.isBase64 =
        tensor.type() == TensorType.STRING && (tensor.name().endsWith(BYTES) || !isText(tensor));
  }

  /** As nested lists. */
  public void whole() {
    nested(tensor.shape());
  }

  /** The next row. */
  public void row() {
    nested(tensor.rowShape());
  }

  /** All elements in one list; bytes that are no text are lost in it. */
  public void flat() {
    json.writeStartArray();
    while (content.hasRemaining()) {
      if (tensor.type() == TensorType.STRING) {
        json.writeString(new String(string(), StandardCharsets.UTF_8));
      } else {
        element();
      }
    }
    json.writeEndArray();
  }

  private void nested(List<Long> shape) {
    if (shape.isEmpty()) {
      element();
      return;
    }
    json.writeStartArray();
    for (long i = 0; i < shape.get(0); i++) {
      nested(shape.subList(1, shape.size()));
    }
    json.writeEndArray();
  }

  private void element() {
    switch (tensor.type()) {
      case BOOL -> json.writeBoolean(content.get() != 0);
      case UINT8 -> json.writeNumber(Byte.toUnsignedInt(content.get()));
      case UINT16 -> json.writeNumber(Short.toUnsignedInt(content.getShort()));
      case INT32 -> json.writeNumber(content.getInt());
      case INT64 -> json.writeNumber(content.getLong());
      case HALF -> json.writeNumber(Float16.ofHalf(content.getShort()));
      case BFLOAT16 -> json.writeNumber(Float16.ofBfloat16(content.getShort()));
      case FLOAT -> json.writeNumber(content.getFloat());
      case DOUBLE -> json.writeNumber(content.getDouble());
      case STRING -> {
        if (isBase64) {
          json.writeStartObject();
          json.writeName(Base64Json.NAME);
          json.writeBinary(string());
          json.writeEndObject();
        } else {
          json.writeString(new String(string(), StandardCharsets.UTF_8));
        }
      }
    }
  }

  private byte[] string() {
    byte[] string = new byte[content.getInt()];
    content.get(string);
    return string;
  }

  /** Whether it holds no strings that are no UTF-8. */
  public static boolean isText(TensorData tensor) {
    if (tensor.type() != TensorType.STRING) {
      return true;
    }
    try {
      for (byte[] string : tensor.strings()) {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(string));
      }
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
