package dev.trainyard.model.predict;

import dev.trainyard.process.ChildJvm;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.IOException;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Starts a process that can serve one SavedModel. */
@Component
public class PredictorLauncher {

  private final ChildJvm jvm;
  private final String mainClass;
  private final DataSize heap;

  @Autowired
  PredictorLauncher(ChildJvm jvm, ModelProperties properties) {
    this(jvm, TrainerProcess.PREDICTOR_MAIN, properties.predictorHeap());
  }

  /**
   * @param mainClass speaks {@code PredictorMessage}
   */
  public PredictorLauncher(ChildJvm jvm, String mainClass, DataSize heap) {
    this.jvm = jvm;
    this.mainClass = mainClass;
    this.heap = heap;
  }

  /** The caller ends the process; the end of its standard input ends it too. */
  Process start() throws IOException {
    return jvm.of(mainClass, heap, List.of()).urgent().start();
  }
}
