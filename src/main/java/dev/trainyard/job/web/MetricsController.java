package dev.trainyard.job.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.JobCatalog;
import dev.trainyard.telemetry.Curve;
import dev.trainyard.telemetry.MetricHistory;
import dev.trainyard.telemetry.MetricHistory.Point;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/jobs/{id}/metrics")
@Tag(name = "jobs")
@ConditionalOnRole(Role.API)
class MetricsController {

  private final JobCatalog catalog;
  private final MetricHistory history;
  private final MetricsCsv csv;

  MetricsController(JobCatalog catalog, MetricHistory history, MetricsCsv csv) {
    this.catalog = catalog;
    this.history = history;
    this.csv = csv;
  }

  @GetMapping
  @Operation(
      summary = "The job's metric series",
      description =
          "loss, accuracy, learningRate and examplesPerSecond of training about once a second, and"
              + " val_loss, val_accuracy, val_precision, val_recall, val_f1_score and, with more than five classes,"
              + " val_top_5_accuracy of each evaluation. A step that was replayed appears once. With names, from, to"
              + " or points a series is downsampled to what can be drawn: the lowest and the highest value of each"
              + " stretch of steps, the first and the last; it takes no longer for a million steps. Without, it comes"
              + " in pages by name, fromStep and limit. As CSV every point is there, unless points says how many.")
  @ApiResponse(
      responseCode = "200",
      description = "Series by name, points in the order of steps",
      content = {
        @Content(
            mediaType = "application/json",
            examples = {
              @ExampleObject(name = "page", value = JobExamples.SERIES),
              @ExampleObject(name = "downsampled", value = JobExamples.CURVES)
            }),
        @Content(mediaType = "text/csv", examples = @ExampleObject(JobExamples.CURVES_CSV))
      })
  @ApiResponse(responseCode = "404", description = "No such job")
  @ApiResponse(responseCode = "422", description = "What does not go together, or is out of bounds")
  @Nullable ResponseEntity<Map<String, Series>> metrics(
      @PathVariable String id,
      @Parameter(description = "Only these series", example = "loss,val_loss")
          @RequestParam(required = false)
          @Nullable List<String> names,
      @Parameter(description = "Only points from this step on")
          @RequestParam(required = false)
          @Min(0)
          @Nullable Long from,
      @Parameter(description = "Only points up to this step")
          @RequestParam(required = false)
          @Min(0)
          @Nullable Long to,
      @Parameter(description = "Points of a series at most; 500 when names, from or to are given")
          @RequestParam(required = false)
          @Min(10)
          @Max(10000)
          @Nullable Integer points,
      @Parameter(description = "Of a page: only this series", example = "val_accuracy")
          @RequestParam(required = false)
          @Nullable String name,
      @Parameter(description = "Of a page: only points from this step on")
          @RequestParam(required = false)
          @Min(0)
          @Nullable Long fromStep,
      @Parameter(
              description =
                  "Of a page: points a series, 1000 by default; nextStep says where the rest begins")
          @RequestParam(required = false)
          @Min(1)
          @Max(10000)
          @Nullable Integer limit,
      @Parameter(description = "json or csv, instead of an Accept header", example = "csv")
          @RequestParam(required = false)
          @Nullable String format,
      @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
      HttpServletResponse response)
      throws IOException {
    String job = catalog.get(id).id();
    CurveQuery query = new CurveQuery(names, from, to, points);
    boolean asCsv = MetricsCsv.isWanted(format, headers.getAccept());
    if (query.isDownsampled() || asCsv) {
      CurveQuery.refuse("name", name, "names");
      CurveQuery.refuse("fromStep", fromStep, "from");
      CurveQuery.refuse("limit", limit, "points");
    }
    if (asCsv) {
      csv.write(job, query, response);
      return null;
    }
    return ResponseEntity.ok()
        .varyBy(HttpHeaders.ACCEPT)
        .body(
            query.isDownsampled()
                ? curves(job, query)
                : page(job, name, fromStep == null ? 0 : fromStep, limit == null ? 1000 : limit));
  }

  private Map<String, Series> curves(String job, CurveQuery query) {
    Map<String, Series> series = new LinkedHashMap<>();
    for (String name : query.names(() -> history.names(job))) {
      Curve curve = history.curve(job, name, query.first(), query.last(), query.most());
      series.put(name, Series.of(curve));
    }
    return series;
  }

  private Map<String, Series> page(String job, @Nullable String name, long from, int limit) {
    List<String> names = name == null ? history.names(job) : List.of(name);
    Map<String, Series> series = new LinkedHashMap<>();
    names.forEach(n -> series.put(n, Series.of(history.points(job, n, from, limit + 1), limit)));
    return series;
  }

  /**
   * One series.
   *
   * @param nextStep ask again with {@code fromStep} set to it; absent when this is the end
   * @param downsampled whether there are points that are not shown; absent where it is a page
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Series(List<Point> points, @Nullable Long nextStep, @Nullable Boolean downsampled) {

    static Series of(List<Point> found, int limit) {
      return found.size() <= limit
          ? new Series(found, null, null)
          : new Series(found.subList(0, limit), found.get(limit).step(), null);
    }

    static Series of(Curve curve) {
      return new Series(curve.points(), null, curve.isDownsampled());
    }
  }
}
