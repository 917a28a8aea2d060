package dev.trainyard.trainer.export;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.device.NativeMemory;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.PredictorMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import tools.jackson.databind.MappingIterator;

/**
 * The predictor process: loads the SavedModel in the folder that is its one argument, says that it
 * is ready, and answers requests until standard input ends.
 */
public final class PredictorMain {

  private PredictorMain() {}

  public static void main(String[] arguments) {
    NativeMemory.leaveToTheSystem();
    OutputStream out = System.out;
    System.setOut(System.err); // answers only, whatever a library prints
    try {
      serve(Path.of(arguments[0]), System.in, out);
      System.exit(ExitCode.FINISHED.code());
    } catch (Throwable e) { // native errors too: the parent reads why in the log
      e.printStackTrace();
      System.exit(ExitCode.RETRIABLE.code());
    }
  }

  private static void serve(Path folder, InputStream in, OutputStream out) throws IOException {
    try (SavedModelPredictor model = SavedModelPredictor.load(folder)) {
      send(out, new PredictorMessage.Ready(model.signatures()));
      answer(new PredictionService(model), in, out);
    }
  }

  /** Opening the iterator waits for the first request. */
  private static void answer(PredictionService service, InputStream in, OutputStream out)
      throws IOException {
    try (MappingIterator<PredictorMessage> requests =
        SpecJson.MAPPER.readerFor(PredictorMessage.class).readValues(in)) {
      while (requests.hasNextValue()) {
        if (requests.nextValue() instanceof PredictorMessage.Request request) {
          send(out, service.answer(request));
        }
      }
    }
  }

  private static void send(OutputStream out, PredictorMessage message) throws IOException {
    out.write(SpecJson.MAPPER.writeValueAsBytes(message));
    out.write('\n');
    out.flush();
  }
}
