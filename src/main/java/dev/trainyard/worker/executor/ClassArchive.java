package dev.trainyard.worker.executor;

import dev.trainyard.process.ChildJvm.ArchivingChild;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a trainer warm up once, and end, so that the next ones find their classes in an archive. */
final class ClassArchive {

  private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private ClassArchive() {}

  /** Makes it, unless it is there already. Takes some seconds. */
  static void make(Optional<ArchivingChild> archiving) {
    try {
      if (archiving.isPresent()) {
        make(archiving.get());
      }
    } catch (IOException e) {
      LOG.warn("No archive of classes; trainers start without: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void make(ArchivingChild archiving) throws IOException, InterruptedException {
    Process process = archiving.child().start();
    try {
      StandbyTrainer trainer = new StandbyTrainer(process, report -> {});
      boolean warm = trainer.report().isPresent();
      trainer.hangUp();
      if (warm
          && process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          && process.exitValue() == 0) {
        archiving.keep();
        LOG.debug("Trainers find their classes in {}", archiving.archive());
      } else {
        LOG.warn("No archive of classes; trainers start without");
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
