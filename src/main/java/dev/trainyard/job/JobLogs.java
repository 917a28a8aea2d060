package dev.trainyard.job;

import dev.trainyard.job.log.LogReader;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the trainers of the jobs have said. */
@Component
public class JobLogs {

  private static final Logger LOG = LoggerFactory.getLogger(JobLogs.class);

  private final Storage storage;

  JobLogs(Storage storage) {
    this.storage = storage;
  }

  public LogReader of(String id) {
    return new LogReader(storage.of("jobs", id).resolve("log.txt"));
  }

  /** The last lines of a job that has FAILED stay with it; of any other, none. */
  void keepLastLines(Job job) {
    if (job.state() != JobState.FAILED) {
      return;
    }
    try {
      job.history().keep(of(job.id()).lastLines());
    } catch (IOException e) { // the job has failed all the same
      LOG.warn("The log of job {} cannot be read: {}", job.id(), e.toString());
      job.history().keep(List.of());
    }
  }
}
