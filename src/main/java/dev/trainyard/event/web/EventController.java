package dev.trainyard.event.web;

import dev.trainyard.event.EventType;
import dev.trainyard.event.stream.EventStreams;
import dev.trainyard.event.stream.Resume;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/events")
@ConditionalOnRole(Role.API)
@Tag(name = "events", description = "What happens, as it happens.")
class EventController {

  private static final String EXAMPLE =
      """
      id: 4711
      event: transition
      data: {"jobId": "0b7c3f0e-6a0e-4c58-9a3c-2f1d2b3c4d5e", "name": "flowers-cnn", "state": "RUNNING", "attempt": 1, "progress": {"step": 0, "totalSteps": 300, "percent": 0.0}, "time": "2026-11-23T10:00:03Z"}

      """;

  private final EventStreams streams;

  EventController(EventStreams streams) {
    this.streams = streams;
  }

  @Refuses(Problem.TOO_MANY_REQUESTS)
  @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      summary = "Listen to everything",
      description =
          "Server-sent events of all jobs, datasets and models, from now on; with Last-Event-ID from"
              + " there on. An event that is told has happened, and whoever listens, to whichever process, is told all"
              + " of them in the same order. A reset says that what followed the given id is not kept any more.")
  @ApiResponse(
      responseCode = "200",
      description = "A stream that does not end",
      content = @Content(mediaType = "text/event-stream", examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "429", description = "As many clients listen as may")
  void all(
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
    streams.ofAll(
        Resume.of(lastEventId, lastEventIdParameter), EventType.of(type), request, response);
  }
}
