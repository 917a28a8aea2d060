package dev.trainyard.job.web;

import dev.trainyard.event.EventType;
import dev.trainyard.event.stream.EventStreams;
import dev.trainyard.event.stream.Resume;
import dev.trainyard.event.stream.WatchedJob;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.JobCatalog;
import dev.trainyard.job.JobEvent;
import dev.trainyard.job.JobState;
import dev.trainyard.job.JobView;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/jobs/{id}/events")
@ConditionalOnRole(Role.API)
@Tag(name = "events")
class JobEventsController {

  private static final Set<String> ENDINGS =
      Arrays.stream(JobState.values())
          .filter(JobState::isTerminal)
          .map(JobState::name)
          .collect(Collectors.toUnmodifiableSet());

  private final EventStreams streams;
  private final JobCatalog catalog;

  JobEventsController(EventStreams streams, JobCatalog catalog) {
    this.streams = streams;
    this.catalog = catalog;
  }

  @Refuses(Problem.TOO_MANY_REQUESTS)
  @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      summary = "Listen to a job",
      description =
          "Server-sent events: first a snapshot, then what happens, and when the job has ended an end."
              + " With Last-Event-ID what has happened since takes the place of the snapshot.")
  @ApiResponse(
      responseCode = "200",
      description = "A stream that ends with the job",
      content =
          @Content(mediaType = "text/event-stream", examples = @ExampleObject(JobExamples.EVENTS)))
  @ApiResponse(
      responseCode = "204",
      description = "The job has ended, and the client has all its events: do not come back")
  @ApiResponse(responseCode = "404", description = "No such job")
  @ApiResponse(responseCode = "429", description = "As many clients listen as may")
  void events(
      @PathVariable String id,
      @Parameter(description = "Only events of these types", example = "transition")
          @RequestParam(defaultValue = "")
          List<String> type,
      @Parameter(description = "Go on after this one; 0 for all that is kept", example = "4711")
          @RequestHeader(name = "Last-Event-ID", required = false)
          @Nullable String lastEventId,
      @Parameter(description = "The same for clients that cannot send the header")
          @RequestParam(name = "lastEventId", required = false)
          @Nullable String lastEventIdParameter,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    streams.ofJob(
        () -> watched(catalog.get(id)),
        Resume.of(lastEventId, lastEventIdParameter),
        EventType.of(type),
        request,
        response);
  }

  static WatchedJob watched(JobView job) {
    return new WatchedJob(job.id(), job.status().state().name(), ENDINGS, JobEvent.of(job));
  }
}
