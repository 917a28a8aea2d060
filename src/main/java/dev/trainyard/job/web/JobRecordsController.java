package dev.trainyard.job.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.JobCatalog;
import dev.trainyard.job.JobView;
import dev.trainyard.telemetry.JobCheckpoints;
import dev.trainyard.telemetry.JobEvaluations;
import dev.trainyard.web.Page;
import dev.trainyard.web.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/jobs/{id}")
@Tag(name = "jobs")
@ConditionalOnRole(Role.API)
class JobRecordsController {

  private final JobCatalog catalog;
  private final JobEvaluations evaluations;
  private final JobCheckpoints checkpoints;

  JobRecordsController(JobCatalog catalog, JobEvaluations evaluations, JobCheckpoints checkpoints) {
    this.catalog = catalog;
    this.evaluations = evaluations;
    this.checkpoints = checkpoints;
  }

  @GetMapping("/evaluations")
  @Operation(
      summary = "The job's evaluations",
      description =
          "Of the held-out images, the newest first, with the figures of each class and, up to 100"
              + " classes, the confusion matrix: a row for each true class, a column for each predicted"
              + " one, in the order of classes.")
  @ApiResponse(
      responseCode = "200",
      description = "One page; the Link header and nextPageToken lead to the next",
      content = @Content(examples = @ExampleObject(JobExamples.EVALUATIONS)))
  @ApiResponse(responseCode = "404", description = "No such job")
  ResponseEntity<Page<EvaluationView>> evaluations(
      @PathVariable String id,
      @RequestParam(defaultValue = "20") int pageSize,
      @RequestParam(required = false) @Nullable String pageToken) {
    PageQuery query = PageQuery.of(pageSize, pageToken);
    long before = query.numberOr(Long.MAX_VALUE);
    JobView job = catalog.get(id);
    return Page.of(
        evaluations.newest(job.id(), before, query.fetchSize()).stream()
            .map(EvaluationView::of)
            .toList(),
        query,
        evaluation -> Long.toString(evaluation.step()));
  }

  @GetMapping("/checkpoints")
  @Operation(
      summary = "The job's checkpoints",
      description =
          "All that were written, the newest first, whatever the attempts. Which of them are still on disk is up to"
              + " training.checkpoint in the spec; the newest always is, as long as the job may go on.")
  @ApiResponse(
      responseCode = "200",
      description = "One page; the Link header and nextPageToken lead to the next",
      content = @Content(examples = @ExampleObject(JobExamples.CHECKPOINTS)))
  @ApiResponse(responseCode = "404", description = "No such job")
  ResponseEntity<Page<CheckpointView>> checkpoints(
      @PathVariable String id,
      @RequestParam(defaultValue = "20") int pageSize,
      @RequestParam(required = false) @Nullable String pageToken) {
    PageQuery query = PageQuery.of(pageSize, pageToken);
    long before = query.numberOr(Long.MAX_VALUE);
    JobView job = catalog.get(id);
    return Page.of(
        checkpoints.newest(job.id(), 0, before - 1, query.fetchSize()).stream()
            .map(saved -> new CheckpointView(saved.step(), saved.bytes(), saved.time()))
            .toList(),
        query,
        checkpoint -> Long.toString(checkpoint.step()));
  }

  /**
   * A checkpoint as the API shows it.
   *
   * @param bytes on disk; absent of one that was written before this was kept
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CheckpointView(long step, @Nullable Long bytes, Instant time) {}
}
