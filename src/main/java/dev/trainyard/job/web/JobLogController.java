package dev.trainyard.job.web;

import dev.trainyard.event.stream.Content;
import dev.trainyard.event.stream.EventStreams;
import dev.trainyard.event.stream.Listeners;
import dev.trainyard.event.stream.Resume;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.JobCatalog;
import dev.trainyard.job.JobLogs;
import dev.trainyard.job.log.FollowedLog;
import dev.trainyard.job.log.LogFilter;
import dev.trainyard.job.log.LogReader;
import dev.trainyard.job.log.LogSource;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@RestController
@RequestMapping("/api/v1/jobs/{id}/log")
@Tag(name = "jobs")
@ConditionalOnRole(Role.API)
class JobLogController {

  private static final MediaType PLAIN_TEXT =
      new MediaType("text", "plain", StandardCharsets.UTF_8);

  private final JobCatalog catalog;
  private final JobLogs logs;
  private final EventStreams streams;
  private final Listeners listeners;

  JobLogController(JobCatalog catalog, JobLogs logs, EventStreams streams, Listeners listeners) {
    this.catalog = catalog;
    this.logs = logs;
    this.streams = streams;
    this.listeners = listeners;
  }

  @Refuses(Problem.TOO_MANY_REQUESTS)
  @GetMapping
  @Operation(
      summary = "The job's log",
      description =
          "What its trainers said, all attempts in order, up to now; range requests work for that."
              + " With q the lines that hold it, each with its number, the first or, with tail, the last of them; a"
              + " Link header leads to more. With follow=true the answer goes on until the job has ended, as text, or as"
              + " events to a client that accepts text/event-stream.")
  @ApiResponse(
      responseCode = "200",
      description = "The log, empty before the first attempt",
      content = {
        @io.swagger.v3.oas.annotations.media.Content(
            mediaType = "text/plain",
            examples = @ExampleObject(JobExamples.LOG)),
        @io.swagger.v3.oas.annotations.media.Content(mediaType = "text/event-stream")
      })
  @ApiResponse(responseCode = "404", description = "No such job")
  @ApiResponse(responseCode = "429", description = "As many clients listen or follow as may")
  @Nullable ResponseEntity<Resource> log(
      @PathVariable String id,
      @Parameter(description = "Only lines that hold this, in whatever case", example = "warning")
          @RequestParam(required = false)
          @Size(max = 200)
          @Nullable String q,
      @Parameter(
              description =
                  "Only what the trainer says, or only what TensorFlow, other libraries and the JVM say",
              example = "trainer")
          @RequestParam(required = false)
          @Nullable String source,
      @Parameter(description = "Only the last so many lines", example = "100")
          @RequestParam(required = false)
          @Min(0)
          @Max(10_000)
          @Nullable Integer tail,
      @Parameter(description = "Of q: lines at most")
          @RequestParam(defaultValue = "1000")
          @Min(1)
          @Max(10_000)
          int limit,
      @Parameter(description = "Of q: the number of the first line that is looked at")
          @RequestParam(defaultValue = "1")
          @Min(1)
          long fromLine,
      @Parameter(description = "Whether to go on until the job has ended")
          @RequestParam(defaultValue = "false")
          boolean follow,
      @Parameter(description = "Of events that are followed: go on after this one")
          @RequestHeader(name = "Last-Event-ID", required = false)
          @Nullable String lastEventId,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    LogReader log = logs.of(catalog.get(id).id());
    LogFilter filter = LogFilter.of(q, LogSource.named(source));
    if (follow) {
      follow(id, log, filter, tail, Resume.of(lastEventId, null), request, response);
      return null;
    }
    if (filter.words() != null) {
      return found(log.find(filter, fromLine, tail == null ? limit : tail, tail != null));
    }
    if (tail == null && filter.wantsAll()) {
      return ResponseEntity.ok().contentType(PLAIN_TEXT).body(whole(log));
    }
    response.setContentType(PLAIN_TEXT.toString());
    log.copy(filter, tail == null ? 0 : log.tail(filter, tail), response.getOutputStream());
    return null;
  }

  private static Resource whole(LogReader log) {
    return Files.exists(log.file())
        ? new FileSystemResource(log.file())
        : new ByteArrayResource(new byte[0]);
  }

  private static ResponseEntity<Resource> found(LogReader.Found found) {
    String text = found.lines().stream().map(line -> line + "\n").collect(Collectors.joining());
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok().contentType(PLAIN_TEXT);
    if (found.nextLine() != null) {
      String next =
          ServletUriComponentsBuilder.fromCurrentRequest()
              .replaceQueryParam("fromLine", found.nextLine())
              .toUriString();
      answer.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
    }
    return answer.body(new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void follow(
      String id,
      LogReader log,
      LogFilter filter,
      @Nullable Integer tail,
      Resume resume,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Content job = streams.endOf(() -> JobEventsController.watched(catalog.get(id)));
    boolean events =
        MediaType.parseMediaTypes(List.of(accepted(request))).contains(MediaType.TEXT_EVENT_STREAM);
    long from =
        events && resume.after() != null
            ? resume.after()
            : tail == null ? 0 : log.tail(filter, tail);
    listeners.open(
        new FollowedLog(log, filter, from, job, events),
        events ? EventStreams.TYPE : PLAIN_TEXT,
        request,
        response);
  }

  private static String accepted(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept == null ? "*/*" : accept;
  }
}
