package dev.trainyard.chaos;

import dev.trainyard.Trainyard;
import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.trainer.protocol.Device;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.FailureReason;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.worker.executor.RunningTrainer;
import dev.trainyard.worker.executor.TrainerExecutor;
import dev.trainyard.worker.executor.WorkerDevices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Services whose trainers are no processes and train nothing: each notes its plan in a file of its
 * service, says that its job cannot be trained, and ends. Such a job FAILED after one attempt.
 */
public final class TrainsNothing implements TrainerExecutor {

  /** The property that names the folder of the notes. */
  static final String NOTES = "trainyard.test.notes";

  /** The property that says how many services there are. */
  static final String WORKERS = "trainyard.test.workers";

  private final Path notes;

  private TrainsNothing(Path folder) {
    this.notes = folder.resolve("runs-" + UUID.randomUUID());
  }

  /** Several in this process, each with a lease, a port and connections of its own. */
  public static void main(String[] arguments) {
    for (int n = start(arguments).getProperty(WORKERS, Integer.class, 1); n > 1; n--) {
      String[] another = arguments.clone();
      Arrays.setAll(
          another, i -> another[i].startsWith("--server.port=") ? "--server.port=0" : another[i]);
      start(another);
    }
  }

  private static Environment start(String[] arguments) {
    SpringApplication service = new SpringApplication(Trainyard.class);
    service.addInitializers(
        context -> {
          Path folder = Path.of(context.getEnvironment().getRequiredProperty(NOTES));
          ((GenericApplicationContext) context)
              .registerBean(
                  "trainsNothing",
                  TrainerExecutor.class,
                  () -> new TrainsNothing(folder),
                  definition -> definition.setPrimary(true));
        });
    return service.run(arguments).getEnvironment();
  }

  @Override
  public void open() {}

  @Override
  public Optional<WorkerDevices> devices() {
    Device cpu = new Device(AcceleratorSpec.Type.CPU, "CPU:0", "one that rests", null, false);
    return Optional.of(new WorkerDevices("none", List.of(cpu)));
  }

  @Override
  public void lookForTpu() {}

  @Override
  public int standbys() {
    return 0;
  }

  @Override
  public synchronized RunningTrainer start(Path plan, Path log) throws IOException {
    Files.writeString(notes, plan + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return new Resting();
  }

  @Override
  public void close() {}

  private static final class Resting implements RunningTrainer {

    @Override
    public int observe(Consumer<TrainerEvent> listener) {
      listener.accept(new TrainerEvent.Started(0, 1, 0, "CPU:0", "none"));
      listener.accept(new TrainerEvent.Failed(FailureReason.SPEC_ERROR, "Nothing is trained"));
      return ExitCode.NOT_RETRIABLE.code();
    }

    @Override
    public void stop() {}

    @Override
    public void terminate() {}

    @Override
    public void kill() {}
  }
}
