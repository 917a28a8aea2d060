package dev.trainyard.job.preflight;

import dev.trainyard.process.BoundedChildren;
import dev.trainyard.process.Child;
import dev.trainyard.process.ChildJvm;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.protocol.PreflightEvent;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Runs a process that tries a job, and listens to it. */
@Component
class PreflightProcess {

  private static final Logger LOG = LoggerFactory.getLogger(PreflightProcess.class);

  private final ChildJvm jvm;
  private final BoundedChildren children;
  private final PreflightProperties properties;

  PreflightProcess(ChildJvm jvm, BoundedChildren children, PreflightProperties properties) {
    this.jvm = jvm;
    this.children = children;
    this.properties = properties;
  }

  /**
   * Waits for its end.
   *
   * @param plan the plan's file
   * @param log where all that it says besides events goes
   */
  Trace run(Path plan, Path log) throws IOException {
    Child child =
        jvm.of(TrainerProcess.PREFLIGHT_MAIN, properties.heap(), List.of(plan.toString()))
            .logTo(log);
    Trace trace = new Trace();
    BoundedChildren.Ended end =
        children.run(child, properties.timeout(), line -> hear(line, trace));
    return trace.ended(end.exitCode(), end.timedOut());
  }

  private static void hear(String line, Trace trace) {
    try {
      trace.add(SpecJson.MAPPER.readValue(line, PreflightEvent.class));
    } catch (JacksonException e) {
      LOG.debug("Not an event: {}", line); // native code may write to the stream too
    }
  }
}
