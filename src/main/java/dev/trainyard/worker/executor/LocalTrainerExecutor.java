package dev.trainyard.worker.executor;

import dev.trainyard.process.ChildJvm;
import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.springframework.util.unit.DataSize;

/** Runs trainers as child processes on this machine. */
public class LocalTrainerExecutor implements TrainerExecutor {

  private final ChildJvm jvm;
  private final DataSize heap;

  /**
   * @param heap Java heap of each trainer
   */
  public LocalTrainerExecutor(ChildJvm jvm, DataSize heap) {
    this.jvm = jvm;
    this.heap = heap;
  }

  @Override
  public Set<AcceleratorSpec.Type> accelerators() {
    return Set.of(AcceleratorSpec.Type.CPU);
  }

  @Override
  public RunningTrainer start(Path plan, Path log) throws IOException {
    ProcessBuilder builder = jvm.of(TrainerProcess.TRAINER_MAIN, heap, List.of(plan.toString()));
    return new LocalTrainer(builder.start(), log);
  }
}
