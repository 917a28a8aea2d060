package dev.trainyard.job.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.idempotency.IdempotentRequest;
import dev.trainyard.job.JobCatalog;
import dev.trainyard.job.JobIntake;
import dev.trainyard.job.JobVerbs;
import dev.trainyard.job.JobView;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.Refuses;
import dev.trainyard.spec.JobSpec;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/jobs/{id}")
@ConditionalOnRole(Role.API)
@Tag(name = "jobs")
class JobVerbsController {

  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final JobVerbs verbs;
  private final JobCatalog catalog;
  private final JobIntake intake;
  private final SpecChanges changes;
  private final Submissions submissions;

  JobVerbsController(
      JobVerbs verbs,
      JobCatalog catalog,
      JobIntake intake,
      SpecChanges changes,
      Submissions submissions) {
    this.verbs = verbs;
    this.catalog = catalog;
    this.intake = intake;
    this.changes = changes;
    this.submissions = submissions;
  }

  @Refuses(Problem.ILLEGAL_STATE)
  @PostMapping("/cancel")
  @Operation(
      summary = "Cancel a job",
      description =
          "A waiting job is CANCELLED at once. A running one is CANCELLING while its trainer finishes the"
              + " step and writes a checkpoint.")
  @ApiResponse(
      responseCode = "202",
      description = "CANCELLED or CANCELLING",
      content = @Content(examples = @ExampleObject(JobExamples.CANCELLING)))
  @ApiResponse(responseCode = "409", description = "The job is finished")
  ResponseEntity<JobView> cancel(@PathVariable String id) {
    return ResponseEntity.accepted().body(verbs.cancel(id));
  }

  @Refuses(Problem.ILLEGAL_STATE)
  @PostMapping("/pause")
  @Operation(
      summary = "Pause a job",
      description =
          "A waiting job is PAUSED at once. A running one is PAUSING while its trainer finishes the step and"
              + " writes a checkpoint; then it leaves its worker to others. It waits for resume or cancel.")
  @ApiResponse(
      responseCode = "202",
      description = "PAUSED or PAUSING",
      content = @Content(examples = @ExampleObject(JobExamples.PAUSING)))
  @ApiResponse(responseCode = "409", description = "The job is finished, or being cancelled")
  ResponseEntity<JobView> pause(@PathVariable String id) {
    return ResponseEntity.accepted().body(verbs.pause(id));
  }

  @Refuses(Problem.ILLEGAL_STATE)
  @PostMapping("/resume")
  @Operation(
      summary = "Resume a paused job",
      description = "It stands in the queue where it stood, and goes on from its last checkpoint.")
  @ApiResponse(
      responseCode = "202",
      description = "QUEUED",
      content = @Content(examples = @ExampleObject(JobExamples.QUEUED)))
  @ApiResponse(responseCode = "409", description = "The job is not PAUSED")
  ResponseEntity<JobView> resume(@PathVariable String id) {
    return ResponseEntity.accepted().body(verbs.resume(id));
  }

  @Refuses(Problem.ILLEGAL_STATE)
  @PostMapping("/retry")
  @Operation(
      summary = "Try a job again that FAILED or was CANCELLED",
      description =
          "It goes to the end of the queue and on from its last checkpoint, with all of its attempts before it.")
  @ApiResponse(
      responseCode = "202",
      description = "QUEUED",
      content = @Content(examples = @ExampleObject(JobExamples.QUEUED)))
  @ApiResponse(responseCode = "409", description = "The job has not failed and was not cancelled")
  ResponseEntity<JobView> retry(@PathVariable String id) {
    return ResponseEntity.accepted().body(verbs.retry(id));
  }

  @Refuses(Problem.ILLEGAL_STATE)
  @PostMapping("/priority")
  @Operation(
      summary = "Change a job's priority",
      description =
          "The higher comes first. Waiting makes up for it: a step of priority is worth"
              + " trainyard.queue.ageing, 10 minutes by default.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(examples = @ExampleObject("{\"priority\": 5}"))))
  @ApiResponse(
      responseCode = "200",
      description = "The job where it stands now",
      content = @Content(examples = @ExampleObject(JobExamples.QUEUED)))
  @ApiResponse(responseCode = "409", description = "The job is finished")
  JobView prioritize(@PathVariable String id, @Valid @RequestBody Priority wanted) {
    return verbs.prioritize(id, wanted.priority());
  }

  @Refuses({Problem.DATASET_NOT_READY, Problem.DATASET_DAMAGED})
  @PostMapping(
      path = "/clone",
      consumes = {MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH})
  @Operation(
      summary = "Submit a new job like this one",
      description =
          "With the changes of the body, a JSON merge patch of the spec: what it names is replaced, null"
              + " means the default. An object whose type changes is replaced whole.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(examples = @ExampleObject(JobExamples.CHANGES))))
  @ApiResponse(
      responseCode = "202",
      description = "Queued; poll the Location",
      content = @Content(examples = @ExampleObject(JobExamples.QUEUED)))
  @ApiResponse(responseCode = "422", description = "The changed spec is not valid")
  ResponseEntity<JobView> copy(
      @PathVariable String id,
      @RequestBody(required = false) @Nullable Map<String, Object> body,
      IdempotentRequest request) {
    JobSpec spec = changes.apply(catalog.get(id).spec(), body == null ? Map.of() : body);
    return submissions.once(request, spec, () -> intake.submit(spec, request.submitter()));
  }

  @Refuses({Problem.ILLEGAL_STATE, Problem.IN_USE})
  @DeleteMapping
  @Operation(
      summary = "Delete a finished job",
      description = "With its checkpoints, metrics and log. The model that it made stays.")
  @ApiResponse(responseCode = "204", description = "Gone")
  @ApiResponse(responseCode = "409", description = "The job is not finished: cancel it first")
  ResponseEntity<Void> delete(
      @Parameter(example = "0b7c3f0e-6a0e-4c58-9a3c-2f1d2b3c4d5e") @PathVariable String id) {
    verbs.delete(id);
    return ResponseEntity.noContent().build();
  }

  /**
   * @param priority -100 to 100
   */
  record Priority(@NotNull @Min(-100) @Max(100) Integer priority) {}
}
