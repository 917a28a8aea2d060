package dev.trainyard.job.plots;

import dev.trainyard.job.JobView;
import dev.trainyard.plot.Chart;
import dev.trainyard.plot.Chart.Line;
import dev.trainyard.plot.Chart.Place;
import dev.trainyard.plot.Chart.Restart;
import dev.trainyard.plot.Chart.Style;
import dev.trainyard.plot.Matrices;
import dev.trainyard.plot.Matrix;
import dev.trainyard.telemetry.Curve;
import dev.trainyard.telemetry.JobCheckpoints;
import dev.trainyard.telemetry.JobEvaluations;
import dev.trainyard.telemetry.JobEvaluations.Evaluated;
import dev.trainyard.telemetry.MetricHistory;
import dev.trainyard.telemetry.MetricHistory.Point;
import dev.trainyard.telemetry.Span;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.EvaluationReport.ClassScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts what is known of jobs into pictures. */
@Component
public class JobPlots {

  /** Two for each pair of pixels. */
  private static final int POINTS = 800;

  private static final int CHECKPOINTS = 10_000;

  /** Step, images, accuracy. */
  private static final String ALONE = "step %1$,d · %2$,d held-out images · accuracy %3$.1f %%";

  private static final String AMONG_OTHERS = "step %1$,d · %3$.1f %% of %2$,d images";

  private final MetricHistory history;
  private final JobEvaluations evaluations;
  private final JobCheckpoints checkpoints;

  JobPlots(MetricHistory history, JobEvaluations evaluations, JobCheckpoints checkpoints) {
    this.history = history;
    this.evaluations = evaluations;
    this.checkpoints = checkpoints;
  }

  /**
   * A series of one job.
   *
   * @param log whether the axis of values is logarithmic
   */
  public Chart chart(CurvePlot plot, JobView job, Steps steps, boolean log) {
    List<Line> lines = new ArrayList<>();
    line(plot, job, steps, plot.training(), "training", 0, Style.BAND).ifPresent(lines::add);
    line(plot, job, steps, plot.evaluation(), "evaluation", 1, Style.DOTS).ifPresent(lines::add);
    List<Long> marks =
        checkpoints.newest(job.id(), steps.first(), steps.last(), CHECKPOINTS).stream()
            .map(JobCheckpoints.Saved::step)
            .sorted()
            .toList();
    List<Restart> restarts = lines.isEmpty() ? List.of() : restarts(job, -1);
    return new Chart(
        plot.title() + " of " + job.name(),
        subtitle(job),
        "step",
        plot.unit(),
        plot.scale(log),
        lines,
        lines.isEmpty() ? List.of() : marks,
        restarts,
        nothing(job));
  }

  /** The same series of several jobs, each in its colour. */
  public Chart comparison(CurvePlot plot, List<JobView> jobs, Steps steps, boolean log) {
    List<Line> lines = new ArrayList<>();
    List<Restart> restarts = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      JobView job = jobs.get(i);
      Optional<Line> evaluated =
          line(plot, job, steps, plot.evaluation(), name(job, jobs), i, Style.DOTS);
      String name = evaluated.isPresent() ? "" : name(job, jobs);
      Style style = evaluated.isPresent() ? Style.FAINT : Style.BAND;
      line(plot, job, steps, plot.training(), name, i, style).ifPresent(lines::add);
      evaluated.ifPresent(lines::add);
      restarts.addAll(restarts(job, i));
    }
    boolean both = lines.stream().anyMatch(line -> line.style() == Style.FAINT);
    return new Chart(
        plot.title() + " of " + jobs.size() + (jobs.size() == 1 ? " job" : " jobs"),
        both ? "with dots: evaluation; thin: training" : "training",
        "step",
        plot.unit(),
        plot.scale(log),
        lines,
        List.of(),
        lines.isEmpty() ? List.of() : restarts,
        "None of these jobs has values here.");
  }

  /**
   * What an evaluation took for what.
   *
   * @param step of the evaluation; null for the newest
   */
  public Matrix confusion(JobView job, @Nullable Long step) {
    return confusion("Confusion matrix of " + job.name(), ALONE, job, step);
  }

  /** What the newest evaluation of each took for what, side by side. */
  public Matrices confusions(List<JobView> jobs) {
    return new Matrices(
        "Confusion matrices of " + jobs.size() + (jobs.size() == 1 ? " job" : " jobs"),
        "each of its newest evaluation; the darker, the larger the share of the row",
        jobs.stream().map(job -> confusion(name(job, jobs), AMONG_OTHERS, job, null)).toList());
  }

  private Matrix confusion(String title, String format, JobView job, @Nullable Long step) {
    long before = step == null ? Long.MAX_VALUE : step + 1;
    Optional<Evaluated> found = evaluations.newest(job.id(), before, 1).stream().findFirst();
    if (found.isEmpty() || step != null && found.get().step() != step) {
      String where = step == null ? "" : " at step " + step;
      return new Matrix(
          title, subtitle(job), List.of(), List.of(), "There is no evaluation" + where + ".");
    }
    EvaluationReport report = found.get().report();
    String subtitle =
        String.format(
            Locale.ROOT,
            format,
            found.get().step(),
            report.examples(),
            100 * report.metrics().getOrDefault("accuracy", Double.NaN));
    List<List<Long>> counts = report.confusionMatrix();
    return new Matrix(
        title,
        subtitle,
        report.classes().stream().map(ClassScore::label).toList(),
        counts == null ? List.of() : counts,
        "No matrix is kept of more than "
            + EvaluationReport.MOST_CLASSES_IN_MATRIX
            + " classes; /evaluations has the figures of each.");
  }

  private Optional<Line> line(
      CurvePlot plot,
      JobView job,
      Steps steps,
      @Nullable String series,
      String name,
      int colour,
      Style style) {
    if (series == null) {
      return Optional.empty();
    }
    Curve curve = history.curve(job.id(), series, steps.first(), steps.last(), POINTS);
    return curve.spans().isEmpty()
        ? Optional.empty()
        : Optional.of(new Line(name, colour, style, places(curve, plot.factor())));
  }

  private static List<Place> places(Curve curve, double factor) {
    List<Place> places = new ArrayList<>();
    curve.spans().forEach(span -> places.add(place(span, factor)));
    Point first = curve.first();
    Point last = curve.last();
    if (first != null && last != null && curve.isDownsampled()) { // from end to end
      places.add(0, place(first, factor));
      places.add(place(last, factor));
    }
    return places;
  }

  private static Place place(Span span, double factor) {
    return new Place(
        (span.low().step() + span.high().step()) / 2.0,
        span.low().value() * factor,
        span.mean() * factor,
        span.high().value() * factor);
  }

  private static Place place(Point point, double factor) {
    double value = point.value() * factor;
    return new Place(point.step(), value, value, value);
  }

  private static List<Restart> restarts(JobView job, int colour) {
    List<Restart> restarts = new ArrayList<>();
    for (JobView.Attempt attempt : job.status().attempts()) {
      Long from = attempt.fromStep();
      if (attempt.number() > 1 && from != null) {
        restarts.add(new Restart(from, colour < 0 ? "attempt " + attempt.number() : "", colour));
      }
    }
    return restarts;
  }

  /** Where two jobs have the same name, with the beginning of the id. */
  private static String name(JobView job, List<JobView> jobs) {
    long same = jobs.stream().filter(other -> other.name().equals(job.name())).count();
    return same == 1 ? job.name() : job.name() + " " + job.id().substring(0, 8);
  }

  private static String subtitle(JobView job) {
    return String.format(
        Locale.ROOT,
        "%s on %s, version %d · step %,d of %,d · %s",
        job.spec().model().type(),
        job.dataset().name(),
        job.dataset().version(),
        job.status().progress().step(),
        job.status().progress().totalSteps(),
        job.status().state());
  }

  private static String nothing(JobView job) {
    return job.status().state().isTerminal()
        ? "There are no values."
        : "There are no values yet: the job is " + job.status().state() + ".";
  }

  /** From which step to which. */
  public record Steps(long first, long last) {}
}
