package dev.trainyard.trainer;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.protocol.TrainerEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Tells the parent process: one JSON object a line, flushed, so that none is ever held back. */
record EventStream(OutputStream out) implements Consumer<TrainerEvent> {

  @Override
  public void accept(TrainerEvent event) {
    write(out, event);
  }

  static void write(OutputStream out, Object event) {
    try {
      out.write(SpecJson.MAPPER.writeValueAsBytes(event));
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
