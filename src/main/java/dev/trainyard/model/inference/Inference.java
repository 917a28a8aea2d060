package dev.trainyard.model.inference;

import dev.trainyard.model.ModelCatalog;
import dev.trainyard.model.ModelIntegrity;
import dev.trainyard.model.ModelVersionView;
import dev.trainyard.model.ServedVersions;
import dev.trainyard.model.predict.Answer;
import dev.trainyard.model.predict.ModelProperties;
import dev.trainyard.model.predict.Predictors;
import dev.trainyard.model.predict.Question;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import dev.trainyard.trainer.protocol.TensorData;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Has models answer questions, whatever the dialect, and times requests by how they ended. */
@Component
public class Inference {

  private final ModelCatalog catalog;
  private final ServedVersions versions;
  private final ModelIntegrity integrity;
  private final Predictors predictors;
  private final ModelProperties properties;
  private final ServiceMetrics metrics;

  Inference(
      ModelCatalog catalog,
      ServedVersions versions,
      ModelIntegrity integrity,
      Predictors predictors,
      ModelProperties properties,
      ServiceMetrics metrics) {
    this.catalog = catalog;
    this.versions = versions;
    this.integrity = integrity;
    this.predictors = predictors;
    this.properties = properties;
    this.metrics = metrics;
  }

  /**
   * @param version a number or a name; null for the latest
   */
  public ModelVersionView version(String name, @Nullable String version) {
    return versions.version(name, version == null ? ModelCatalog.LATEST : version);
  }

  /** Rows that one request may have. */
  public int maxInstances() {
    return properties.maxInstances();
  }

  /** Bytes that one tensor may have. */
  public long maxBytes() {
    return properties.maxRequestSize().toBytes();
  }

  /** Does {@code work} and times it. */
  public <T> T timed(Dialect dialect, RequestBodies.Holding<T> work) throws IOException {
    long start = System.nanoTime();
    String outcome = "failed";
    try {
      T done = work.run();
      outcome = "ok";
      return done;
    } catch (ProblemException e) {
      outcome = e.problem().status().is4xxClientError() ? "refused" : "failed";
      throw e;
    } finally {
      metrics
          .timer(TrainyardMetric.PREDICTIONS, dialect.tag(), outcome)
          .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
  }

  /** The answer to a question whose rows may fail one by one. */
  public Answer ask(ModelVersionView version, Question question) {
    if (question.rows() > maxInstances()) {
      throw new ProblemException(
          Problem.INVALID_REQUEST,
          "The request has %d instances; it may have at most %d (trainyard.model.max-instances)."
              .formatted(question.rows(), maxInstances()));
    }
    integrity.verify(version, ModelIntegrity.Finder.PREDICTION); // a process may be started for it
    return predictors.ask(catalog.folder(version), question);
  }

  /**
   * The outputs, if every row was good.
   *
   * @param field names a row
   */
  public List<TensorData> outputs(
      ModelVersionView version, Question question, IntFunction<String> field) {
    Answer answer = ask(version, question);
    if (!answer.bad().isEmpty()) {
      throw bad(answer, field);
    }
    return answer.outputs();
  }

  /** Names each bad row. */
  public static ProblemException bad(Answer answer, IntFunction<String> field) {
    List<FieldProblem> errors =
        answer.bad().entrySet().stream()
            .map(row -> new FieldProblem(field.apply(row.getKey()), row.getValue()))
            .toList();
    FieldProblem first = errors.get(0);
    return new ProblemException(
        Problem.INVALID_REQUEST, first.field() + ": " + first.message(), errors);
  }
}
