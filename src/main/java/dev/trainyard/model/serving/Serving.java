package dev.trainyard.model.serving;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import dev.trainyard.model.ModelVersionView;
import dev.trainyard.model.inference.Dialect;
import dev.trainyard.model.inference.Inference;
import dev.trainyard.model.inference.RequestBodies;
import dev.trainyard.model.predict.Question;
import dev.trainyard.model.tensor.ClassScores;
import dev.trainyard.model.tensor.Signatures;
import dev.trainyard.model.tensor.TensorJson;
import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/** TensorFlow Serving's three verbs. */
@Component
class Serving {

  private static final String CLASSIFY = "tensorflow/serving/classify";
  private static final String REGRESS = "tensorflow/serving/regress";

  private final Inference inference;
  private final RequestBodies bodies;

  Serving(Inference inference, RequestBodies bodies) {
    this.inference = inference;
    this.bodies = bodies;
  }

  void predict(
      String name,
      @Nullable String version,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    answer(
        request,
        response,
        body -> {
          ModelVersionView view = inference.version(name, version);
          PredictRequest asked =
              PredictRequestReader.read(
                  body, view.signatures(), inference.maxInstances(), inference.maxBytes());
          Question question = Question.of(asked.signatureName(), asked.signature(), asked.inputs());
          String field = asked.isColumns() ? "inputs" : "instances";
          List<TensorData> outputs =
              inference.outputs(view, question, row -> field + "[" + row + "]");
          return PredictResponse.of(asked, outputs)::writeTo;
        });
  }

  void classify(
      String name,
      @Nullable String version,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    examples(name, version, CLASSIFY, ExampleResponse::classes, request, response);
  }

  void regress(
      String name,
      @Nullable String version,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    examples(name, version, REGRESS, ExampleResponse::values, request, response);
  }

  private void examples(
      String name,
      @Nullable String version,
      String method,
      Function<ExampleResponse, Consumer<JsonGenerator>> form,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    answer(
        request,
        response,
        body -> {
          ModelVersionView view = inference.version(name, version);
          ExampleRequest asked = ExamplesReader.read(body, inference.maxInstances());
          String signatureName = signatureName(view, asked, method);
          SignatureInfo signature =
              Signatures.named(view.signatures(), signatureName, "signature_name");
          if (signature.methodName().equals(method)) {
            return form.apply(new ExampleResponse(outputs(view, asked, signatureName, signature)));
          }
          if (method.equals(CLASSIFY) && ClassScores.areGivenBy(signature)) {
            return scores(view, asked, signatureName, signature);
          }
          throw invalid(
              "signature_name",
              "must be one with the method " + method + ", and has " + signature.methodName());
        });
  }

  /** A classifier of ours has no signature for examples, but answers them all the same. */
  private Consumer<JsonGenerator> scores(
      ModelVersionView view, ExampleRequest asked, String signatureName, SignatureInfo signature) {
    Question question =
        Question.of(signatureName, signature, List.of(asked.feature(ClassScores.IMAGES)));
    List<TensorData> outputs = inference.outputs(view, question, row -> "examples[" + row + "]");
    return ExampleResponse.classes(ClassScores.of(view.labels(), outputs));
  }

  private List<TensorData> outputs(
      ModelVersionView view, ExampleRequest asked, String signatureName, SignatureInfo signature) {
    String input = signature.inputs().get(0).name();
    Question question = Question.of(signatureName, signature, List.of(asked.serialized(input)));
    return inference.outputs(view, question, row -> "examples[" + row + "]");
  }

  /** The one that is named, else the default one if it fits, else any that does. */
  private static String signatureName(ModelVersionView view, ExampleRequest asked, String method) {
    Map<String, SignatureInfo> signatures = view.signatures();
    if (!asked.signatureName().isEmpty()) {
      Signatures.named(signatures, asked.signatureName(), "signature_name");
      return asked.signatureName();
    }
    SignatureInfo usual = Signatures.named(signatures, Signatures.DEFAULT, "signature_name");
    return usual.methodName().equals(method)
        ? Signatures.DEFAULT
        : signatures.entrySet().stream()
            .filter(it -> it.getValue().methodName().equals(method))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(Signatures.DEFAULT);
  }

  private void answer(HttpServletRequest request, HttpServletResponse response, Answering answering)
      throws IOException {
    Consumer<JsonGenerator> answer =
        inference.timed(Dialect.TENSORFLOW_SERVING, () -> bodies.read(request, answering::to));
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    try (JsonGenerator json = TensorJson.generator(response.getOutputStream())) {
      answer.accept(json);
    }
  }

  /** From a body to what writes the answer to it. */
  private interface Answering {
    Consumer<JsonGenerator> to(byte[] body) throws IOException;
  }
}
