package dev.trainyard.job.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.JobCatalog;
import dev.trainyard.job.JobView;
import dev.trainyard.telemetry.JobEvaluations;
import dev.trainyard.telemetry.MetricHistory;
import dev.trainyard.telemetry.MetricHistory.Point;
import dev.trainyard.web.Page;
import dev.trainyard.web.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final MetricHistory history;
  private final JobEvaluations evaluations;

  JobRecordsController(JobCatalog catalog, MetricHistory history, JobEvaluations evaluations) {
    this.catalog = catalog;
    this.history = history;
    this.evaluations = evaluations;
  }

  @GetMapping("/metrics")
  @Operation(
      summary = "The job's metric series",
      description =
          "loss, accuracy, learningRate and examplesPerSecond of training about once a second, and"
              + " val_loss, val_accuracy, val_precision, val_recall, val_f1_score and, with more than five classes,"
              + " val_top_5_accuracy of each evaluation. A step that was replayed appears once.")
  @ApiResponse(
      responseCode = "200",
      description = "Series by name, points in the order of steps",
      content = @Content(examples = @ExampleObject(JobExamples.SERIES)))
  Map<String, Series> metrics(
      @PathVariable String id,
      @Parameter(description = "Only this series", example = "val_accuracy")
          @RequestParam(required = false)
          @Nullable String name,
      @Parameter(description = "Only points from this step on")
          @RequestParam(defaultValue = "0")
          @Min(0)
          long fromStep,
      @Parameter(description = "Points a series; nextStep says where the rest begins")
          @RequestParam(defaultValue = "1000")
          @Min(1)
          @Max(10000)
          int limit) {
    JobView job = catalog.get(id);
    List<String> names = name == null ? history.names(job.id()) : List.of(name);
    Map<String, Series> series = new LinkedHashMap<>();
    names.forEach(n -> series.put(n, Series.of(history.points(id, n, fromStep, limit + 1), limit)));
    return series;
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

  /**
   * One series.
   *
   * @param nextStep ask again with {@code fromStep} set to it; absent when this is the end
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Series(List<Point> points, @Nullable Long nextStep) {

    static Series of(List<Point> found, int limit) {
      return found.size() <= limit
          ? new Series(found, null)
          : new Series(found.subList(0, limit), found.get(limit).step());
    }
  }
}
