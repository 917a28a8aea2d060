package dev.trainyard.model.serving;

import dev.trainyard.model.ModelCatalog;
import dev.trainyard.model.ModelIntegrity;
import dev.trainyard.model.ModelRegistry;
import dev.trainyard.model.ModelVersionView;
import dev.trainyard.model.predict.ModelProperties;
import dev.trainyard.model.predict.Predictors;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Answers prediction requests and times them by how they ended. */
@Component
class Serving {

  private final ModelCatalog catalog;
  private final ModelIntegrity integrity;
  private final Predictors predictors;
  private final PredictBody body;
  private final ModelProperties properties;
  private final ServiceMetrics metrics;

  Serving(
      ModelCatalog catalog,
      ModelIntegrity integrity,
      Predictors predictors,
      PredictBody body,
      ModelProperties properties,
      ServiceMetrics metrics) {
    this.catalog = catalog;
    this.integrity = integrity;
    this.predictors = predictors;
    this.body = body;
    this.properties = properties;
    this.metrics = metrics;
  }

  PredictResponse predict(String name, String version, HttpServletRequest request)
      throws IOException {
    long start = System.nanoTime();
    String outcome = "failed";
    try {
      PredictResponse response = answer(catalog.version(name, version), request);
      outcome = "ok";
      return response;
    } catch (ProblemException e) {
      outcome = e.problem().status().is4xxClientError() ? "refused" : "failed";
      throw e;
    } finally {
      metrics
          .timer(TrainyardMetric.PREDICTIONS, outcome)
          .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
  }

  private PredictResponse answer(ModelVersionView version, HttpServletRequest request)
      throws IOException {
    return body.read(
        request,
        in -> {
          PredictRequest asked = PredictRequestReader.read(in, properties.maxInstances());
          checkSignature(version.signatures(), asked.signatureName());
          integrity.verify(version);
          return PredictResponse.of(predictors.predict(catalog.folder(version), asked.images()));
        });
  }

  /** The predictor runs serving_default, so any other name must be one for the same thing. */
  private static void checkSignature(Map<String, SignatureInfo> signatures, String name) {
    boolean same =
        name.equals(ModelRegistry.SERVING_DEFAULT)
            || (signatures.containsKey(name)
                && Objects.equals(
                    signatures.get(name), signatures.get(ModelRegistry.SERVING_DEFAULT)));
    if (!same) {
      String message =
          "'" + name + "' cannot be run; the model has " + new TreeSet<>(signatures.keySet());
      throw new ProblemException(
          Problem.INVALID_REQUEST,
          "'signature_name' " + message + ".",
          new FieldProblem("signature_name", message));
    }
  }
}
