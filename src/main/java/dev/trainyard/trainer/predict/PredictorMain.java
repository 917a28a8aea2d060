package dev.trainyard.trainer.predict;

import dev.trainyard.trainer.device.NativeMemory;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.PredictorFrame;
import dev.trainyard.trainer.protocol.PredictorMessage.Load;
import dev.trainyard.trainer.protocol.PredictorMessage.Ready;
import dev.trainyard.trainer.protocol.PredictorMessage.Run;
import dev.trainyard.trainer.protocol.PredictorMessage.Warm;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The predictor process: warms up, says so, loads the model that it is told of, and answers until
 * standard input ends.
 */
public final class PredictorMain {

  private static final int BUFFER = 1 << 16;

  private PredictorMain() {}

  public static void main(String[] arguments) {
    NativeMemory.leaveToTheSystem();
    OutputStream out = new BufferedOutputStream(System.out, BUFFER);
    System.setOut(System.err); // frames only, whatever a library prints
    try {
      WarmUp.run();
      new PredictorFrame(new Warm()).writeTo(out);
      serve(new BufferedInputStream(System.in, BUFFER), out);
      System.exit(ExitCode.FINISHED.code());
    } catch (Throwable e) { // native errors too: the parent reads why in the log
      e.printStackTrace();
      System.exit(ExitCode.RETRIABLE.code());
    }
  }

  private static void serve(InputStream in, OutputStream out) throws IOException {
    PredictorFrame first = PredictorFrame.read(in, 0);
    if (first == null || !(first.message() instanceof Load load)) {
      return;
    }
    try (SavedModelPredictor model = SavedModelPredictor.load(Path.of(load.folder()))) {
      new PredictorFrame(new Ready(model.signatures(), Pointer.physicalBytes())).writeTo(out);
      PredictionService service = new PredictionService(model, Pointer::physicalBytes);
      @Nullable PredictorFrame frame;
      while ((frame = PredictorFrame.read(in, Integer.MAX_VALUE)) != null) {
        if (frame.message() instanceof Run run) {
          service.answer(run, frame.tensors()).writeTo(out);
        }
      }
    }
  }
}
