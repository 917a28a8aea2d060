package dev.trainyard.worker.executor;

import dev.trainyard.process.ChildJvm;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/** Runs trainers as child processes on this machine, some of them started ahead. */
public class LocalTrainerExecutor implements TrainerExecutor {

  private static final Logger LOG = LoggerFactory.getLogger(LocalTrainerExecutor.class);

  private static final Duration WHEN_IDLE = Duration.ofSeconds(5);

  private final ChildJvm jvm;
  private final DataSize heap;
  private final DataSize longestLog;
  private final StandbyTrainers standbys;
  private final AtomicInteger running = new AtomicInteger();

  /**
   * @param heap Java heap of each trainer
   * @param longestLog of a job
   * @param standbys trainers that are to wait for a plan
   */
  public LocalTrainerExecutor(ChildJvm jvm, DataSize heap, DataSize longestLog, int standbys) {
    this(jvm, heap, longestLog, standbys, StandbyTrainers.Timing.NORMAL);
  }

  LocalTrainerExecutor(
      ChildJvm jvm,
      DataSize heap,
      DataSize longestLog,
      int standbys,
      StandbyTrainers.Timing timing) {
    this.jvm = jvm;
    this.heap = heap;
    this.longestLog = longestLog;
    this.standbys = new StandbyTrainers(this::process, standbys, timing);
  }

  @Override
  public void open() {
    standbys.open();
    standbys.repeat(this::archiveClasses, WHEN_IDLE);
  }

  /** Once devices are known, and not beside a job. */
  private boolean archiveClasses() {
    if (standbys.devices().isEmpty() || running.get() > 0) {
      return false;
    }
    ClassArchive.make(jvm.archiving(TrainerProcess.TRAINER_MAIN, heap, List.of()));
    return true;
  }

  @Override
  public Optional<WorkerDevices> devices() {
    return standbys.devices();
  }

  @Override
  public void lookForTpu() throws InterruptedException {
    try {
      standbys
          .lookFor(List.of(TrainerProcess.LIST_TPU, TrainerProcess.ONLY_REPORT))
          .ifPresent(standbys::add);
    } catch (IOException e) {
      LOG.warn("It is not known whether there is a TPU: {}", e.getMessage());
    }
  }

  @Override
  public int standbys() {
    return standbys.size();
  }

  @Override
  public RunningTrainer start(Path plan, Path logFile) throws IOException {
    CappedLog log = new CappedLog(logFile, longestLog);
    Optional<RunningTrainer> waiting = standbys.assign(plan, log);
    RunningTrainer trainer =
        waiting.isPresent()
            ? new SecondTry(waiting.get(), () -> fresh(plan, log))
            : fresh(plan, log);
    running.incrementAndGet();
    return new Announced(trainer, this::ended);
  }

  private void ended() {
    running.decrementAndGet();
    standbys.jobEnded();
  }

  @Override
  public void close() {
    standbys.close();
  }

  private RunningTrainer fresh(Path plan, CappedLog log) throws IOException {
    TrainerPipe pipe = new TrainerPipe(process(List.of(plan.toString())));
    pipe.logTo(log);
    return new LocalTrainer(pipe);
  }

  private Process process(List<String> arguments) throws IOException {
    return jvm.of(TrainerProcess.TRAINER_MAIN, heap, arguments).start();
  }
}
