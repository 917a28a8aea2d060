package dev.trainyard.job;

import dev.trainyard.event.EventLog;
import dev.trainyard.event.EventType;
import java.util.ArrayList;
import java.util.List;

/** What has happened to a job and is not written down yet. */
final class JobNews {

  private final List<News> untold = new ArrayList<>();

  void add(EventType type, JobEvent event) {
    untold.add(new News(type, event));
  }

  void tell(EventLog log, String project) {
    untold.forEach(news -> log.append(news.type(), project, news.event().jobId(), news.event()));
    untold.clear();
  }

  private record News(EventType type, JobEvent event) {}
}
