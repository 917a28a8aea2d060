package dev.trainyard.trainer;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.device.NativeLibrary;
import dev.trainyard.trainer.device.NativeMemory;
import dev.trainyard.trainer.loop.Tryout;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.FailureReason;
import dev.trainyard.trainer.protocol.PreflightEvent;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tries the first steps of one {@code plan.json}, its one argument, and reports {@link
 * PreflightEvent}s to standard output. Ends with its standard input.
 */
public final class PreflightMain {

  private PreflightMain() {}

  public static void main(String[] arguments) {
    NativeMemory.leaveToTheSystem();
    NativeLibrary.loadMeanwhile();
    OutputStream out = System.out;
    Consumer<PreflightEvent> events = event -> EventStream.write(out, event);
    System.setOut(System.err); // events only, whatever a library prints
    Path plan = Path.of(arguments[0]);
    ParentWatch.on(System.in, Optional.of(plan));
    ExitCode code = ExitCode.FINISHED;
    try {
      Tryout.run(SpecJson.MAPPER.readValue(Files.readAllBytes(plan), TrainingPlan.class), events);
    } catch (Throwable e) { // native errors too: whatever it is, the parent is told
      TrainerEvent.Failed failed = Failures.of(e);
      if (failed.reason() == FailureReason.TRAINER_CRASHED) {
        e.printStackTrace();
      }
      events.accept(new PreflightEvent.Failed(failed.reason(), failed.message()));
      code = Failures.exitCode(failed);
    }
    System.exit(code.code());
  }
}
