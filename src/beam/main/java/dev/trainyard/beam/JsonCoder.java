package dev.trainyard.beam;

import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.jspecify.annotations.Nullable;

/** Carries small records between machines, in the JSON of the manifest. */
final class JsonCoder<T> extends CustomCoder<T> {

  private static final long serialVersionUID = 1L;

  private final Class<T> type;

  JsonCoder(Class<T> type) {
    this.type = type;
  }

  @Override
  public void encode(T value, OutputStream out) throws IOException {
    ByteArrayCoder.of().encode(SpecJson.MAPPER.writeValueAsBytes(value), out);
  }

  @Override
  public T decode(InputStream in) throws IOException {
    return SpecJson.MAPPER.readValue(ByteArrayCoder.of().decode(in), type);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonCoder<?> coder && coder.type == type;
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }
}
