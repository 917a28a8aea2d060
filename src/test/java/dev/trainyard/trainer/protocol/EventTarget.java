package dev.trainyard.trainer.protocol;

import dev.trainyard.fuzz.FuzzTarget;
import dev.trainyard.process.Lines;
import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;

/** Hears what the processes that run TensorFlow say, line by line. */
public final class EventTarget implements FuzzTarget {

  private static final List<Class<?>> TYPES =
      List.of(TrainerEvent.class, PreflightEvent.class, ImportVerdict.class);

  @Override
  public void take(byte[] bytes) throws IOException {
    Lines lines =
        new Lines(
            new InputStreamReader(new java.io.ByteArrayInputStream(bytes), StandardCharsets.UTF_8));
    for (String line = lines.next(); line != null; line = lines.next()) {
      for (Class<?> type : TYPES) {
        try {
          SpecJson.MAPPER.readValue(line, type);
        } catch (JacksonException noEvent) {
          // As it should be.
        }
      }
      TrainerLine.is(line);
    }
  }
}
