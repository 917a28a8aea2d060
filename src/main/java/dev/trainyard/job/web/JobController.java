package dev.trainyard.job.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.idempotency.IdempotentRequest;
import dev.trainyard.job.JobCatalog;
import dev.trainyard.job.JobIntake;
import dev.trainyard.job.JobState;
import dev.trainyard.job.JobView;
import dev.trainyard.job.preflight.Preflight;
import dev.trainyard.job.preflight.Preflights;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.Refuses;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.web.Page;
import dev.trainyard.web.PageQuery;
import dev.trainyard.web.polling.WaitPreference;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

@RestController
@RequestMapping("/api/v1/jobs")
@ConditionalOnRole(Role.API)
@Tag(name = "jobs", description = "Training jobs: submit, watch, stop, go on.")
class JobController {

  private final JobIntake intake;
  private final JobCatalog catalog;
  private final Preflights preflights;
  private final Submissions submissions;
  private final JobWaits waits;

  JobController(
      JobIntake intake,
      JobCatalog catalog,
      Preflights preflights,
      Submissions submissions,
      JobWaits waits) {
    this.intake = intake;
    this.catalog = catalog;
    this.preflights = preflights;
    this.submissions = submissions;
    this.waits = waits;
  }

  @Refuses({
    Problem.QUOTA_EXCEEDED,
    Problem.DATASET_NOT_READY,
    Problem.DATASET_DAMAGED,
    Problem.PREFLIGHT_FAILED,
    Problem.PREFLIGHT_UNAVAILABLE
  })
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Submit a training job",
      description =
          "The job waits in the queue until a worker takes it. Parameters that are left out get their"
              + " defaults, which the answer shows. A batch that could not fit into the memory of any"
              + " worker is refused, with the largest that might. With validateOnly=true nothing is"
              + " queued: some real steps are made in a process of their own, which takes some"
              + " seconds, and the answer says what the job would take: memory, time, disk.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(examples = @ExampleObject(JobExamples.SPEC))))
  @ApiResponse(
      responseCode = "202",
      description = "Queued; poll the Location",
      content =
          @Content(
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(JobExamples.QUEUED)))
  @ApiResponse(
      responseCode = "200",
      description = "The job could run, and would take this (validateOnly=true)",
      content =
          @Content(
              schema = @Schema(implementation = Validation.class),
              examples = @ExampleObject(JobExamples.VALID)))
  @ApiResponse(responseCode = "409", description = "The dataset is not READY, or is damaged")
  @ApiResponse(
      responseCode = "422",
      description = "The spec is not valid, or its first steps failed; errors[] names each field")
  @ApiResponse(
      responseCode = "503",
      description = "As many jobs as may are being tried now; Retry-After says when to ask again")
  ResponseEntity<?> submit(
      @Valid @RequestBody JobSpec spec,
      @Parameter(description = "Check the spec and the dataset, try the step, and queue nothing")
          @RequestParam(defaultValue = "false")
          boolean validateOnly,
      IdempotentRequest request) {
    if (validateOnly) {
      return ResponseEntity.ok(new Validation(true, spec, preflights.of(spec)));
    }
    return submissions.once(request, spec, () -> intake.submit(spec, request.submitter()));
  }

  @GetMapping
  @Operation(summary = "List jobs, newest first")
  @ApiResponse(
      responseCode = "200",
      description = "One page; the Link header and nextPageToken lead to the next",
      content = @Content(examples = @ExampleObject(JobExamples.PAGE)))
  ResponseEntity<Page<JobView>> list(
      @Parameter(description = "Only jobs in one of these states", example = "RUNNING")
          @RequestParam(defaultValue = "")
          Set<JobState> state,
      @Parameter(description = "Only jobs of this name", example = "flowers-cnn")
          @RequestParam(required = false)
          @Nullable String name,
      @RequestParam(defaultValue = "20") int pageSize,
      @RequestParam(required = false) @Nullable String pageToken) {
    PageQuery query = PageQuery.of(pageSize, pageToken);
    return Page.of(
        catalog.list(state, name, query.place(), query.fetchSize()),
        query,
        job -> new PageQuery.Place(job.createTime(), job.id()).cursor());
  }

  @GetMapping("/{id}")
  @Operation(
      summary = "Where a job stands",
      description =
          "With Prefer: wait=30 the answer waits until the job is finished, but not longer.")
  @ApiResponse(
      responseCode = "200",
      description = "The job",
      content = @Content(examples = @ExampleObject(JobExamples.RUNNING)))
  @ApiResponse(responseCode = "404", description = "No such job")
  DeferredResult<ResponseEntity<JobView>> get(@PathVariable String id, WaitPreference preference) {
    return waits.answer(catalog.get(id), preference);
  }

  /** The answer to validateOnly: the spec with its defaults, and what the job would take. */
  record Validation(boolean valid, JobSpec spec, Preflight preflight) {}
}
