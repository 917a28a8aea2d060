package dev.trainyard.job.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.JobCatalog;
import dev.trainyard.job.JobView;
import dev.trainyard.job.plots.CurvePlot;
import dev.trainyard.job.plots.JobPlots;
import dev.trainyard.plot.Chart;
import dev.trainyard.plot.Picture;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "jobs")
@ConditionalOnRole(Role.API)
class PlotController {

  private static final String CONFUSION = "confusion";
  private static final String PLOTS = "loss, accuracy, rate, learning-rate";

  private final JobCatalog catalog;
  private final JobPlots plots;

  PlotController(JobCatalog catalog, JobPlots plots) {
    this.catalog = catalog;
    this.plots = plots;
  }

  @GetMapping("/jobs/{id}/plots/{plot}.{format}")
  @Operation(
      summary = "A picture of a job",
      description =
          "loss and accuracy of training and evaluation, rate in images per second, learning-rate, over the steps: each"
              + " curve is a mean in a band from the lowest to the highest; checkpoints are marked below, restarts by a"
              + " dashed line. confusion is the matrix of an evaluation. An SVG without a theme is dark where its reader"
              + " likes it dark; a PNG is light. A job without values gets a picture that says so.")
  @ApiResponse(
      responseCode = "200",
      description = "An SVG or a PNG of twice its size in pixels; its ETag saves sending it again",
      content = {
        @Content(
            mediaType = PlotForm.SVG,
            examples = @ExampleObject("<svg xmlns=\"http://www.w3.org/2000/svg\">...</svg>")),
        @Content(mediaType = PlotForm.PNG, examples = @ExampleObject("the bytes of a PNG"))
      })
  @ApiResponse(responseCode = "304", description = "You have it already", content = @Content)
  @ApiResponse(responseCode = "404", description = "No such job, plot or format")
  @ApiResponse(responseCode = "422", description = "What the plot does not have")
  ResponseEntity<byte[]> plot(
      @PathVariable String id,
      @Parameter(description = PLOTS + " or confusion", example = "loss") @PathVariable String plot,
      @Parameter(description = "svg or png", example = "svg") @PathVariable String format,
      @Parameter(description = "light, dark or auto", example = "dark")
          @RequestParam(required = false)
          @Nullable String theme,
      @Parameter(description = "linear or log", example = "log") @RequestParam(required = false)
          @Nullable String scale,
      @Parameter(description = "Only from this step on") @RequestParam(required = false) @Min(0)
          @Nullable Long from,
      @Parameter(description = "Only up to this step") @RequestParam(required = false) @Min(0)
          @Nullable Long to,
      @Parameter(description = "Of confusion: which evaluation; the newest by default")
          @RequestParam(required = false)
          @Min(0)
          @Nullable Long step,
      WebRequest request) {
    PlotForm form = PlotForm.of(format, theme, scale, from, to);
    JobView job = catalog.get(id);
    Picture picture;
    if (plot.equals(CONFUSION)) {
      form.refuseAxes();
      picture = plots.confusion(job, step);
    } else {
      CurveQuery.refuseUnless(step == null, "step", "is for the plot confusion alone");
      picture = plots.chart(curve(plot), job, form.steps(), form.log());
    }
    return form.answer(picture, request);
  }

  @GetMapping("/plots/{plot}.{format}")
  @Operation(
      summary = "A picture of several jobs",
      description =
          "One series of up to eight jobs, each in its colour: with dots their evaluations, thin their training."
              + " confusion is the matrix of each one's newest evaluation, side by side.")
  @ApiResponse(
      responseCode = "200",
      description = "An SVG or a PNG of twice its size in pixels; its ETag saves sending it again",
      content = {
        @Content(
            mediaType = PlotForm.SVG,
            examples = @ExampleObject("<svg xmlns=\"http://www.w3.org/2000/svg\">...</svg>")),
        @Content(mediaType = PlotForm.PNG, examples = @ExampleObject("the bytes of a PNG"))
      })
  @ApiResponse(responseCode = "304", description = "You have it already", content = @Content)
  @ApiResponse(responseCode = "404", description = "No such job, plot or format")
  @ApiResponse(responseCode = "422", description = "No job, or too many")
  ResponseEntity<byte[]> comparison(
      @Parameter(description = PLOTS + " or confusion", example = "loss") @PathVariable String plot,
      @Parameter(description = "svg or png", example = "svg") @PathVariable String format,
      @Parameter(description = "Ids of the jobs", example = "0b7c3f0e-6a0e-4c58-9a3c-2f1d2b3c4d5e")
          @RequestParam(defaultValue = "")
          List<String> jobs,
      @Parameter(description = "light, dark or auto", example = "dark")
          @RequestParam(required = false)
          @Nullable String theme,
      @Parameter(description = "linear or log", example = "log") @RequestParam(required = false)
          @Nullable String scale,
      @Parameter(description = "Only from this step on") @RequestParam(required = false) @Min(0)
          @Nullable Long from,
      @Parameter(description = "Only up to this step") @RequestParam(required = false) @Min(0)
          @Nullable Long to,
      WebRequest request) {
    PlotForm form = PlotForm.of(format, theme, scale, from, to);
    List<String> ids = jobs.stream().distinct().toList();
    CurveQuery.refuseUnless(
        !ids.isEmpty() && ids.size() <= Chart.MOST_CURVES,
        "jobs",
        "must be the ids of 1 to " + Chart.MOST_CURVES + " jobs");
    List<JobView> found = ids.stream().map(catalog::get).toList();
    if (plot.equals(CONFUSION)) {
      form.refuseAxes();
      return form.answer(plots.confusions(found), request);
    }
    return form.answer(plots.comparison(curve(plot), found, form.steps(), form.log()), request);
  }

  private static CurvePlot curve(String plot) {
    return CurvePlot.of(plot)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.NOT_FOUND,
                    "There is no such plot; there are " + PLOTS + ", confusion."));
  }
}
