package dev.trainyard.model.openinference;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import dev.trainyard.model.ModelVersionView;
import dev.trainyard.model.inference.Dialect;
import dev.trainyard.model.inference.Inference;
import dev.trainyard.model.inference.RequestBodies;
import dev.trainyard.model.predict.Question;
import dev.trainyard.model.tensor.Signatures;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Inference as the protocol has it. */
@Component
class OpenInference {

  private final Inference inference;
  private final RequestBodies bodies;

  OpenInference(Inference inference, RequestBodies bodies) {
    this.inference = inference;
    this.bodies = bodies;
  }

  void infer(
      String name,
      @Nullable String version,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String header = request.getHeader(InferResponse.HEADER_LENGTH);
    inference
        .timed(
            Dialect.OPEN_INFERENCE,
            () ->
                bodies.read(
                    request, body -> answer(inference.version(name, version), header, body)))
        .writeTo(response);
  }

  private InferResponse answer(ModelVersionView version, @Nullable String header, byte[] body) {
    int jsonLength = header == null ? body.length : jsonLength(header, body.length);
    InferRequest asked =
        InferRequestReader.read(body, jsonLength, version.signatures(), inference.maxBytes());
    Question question =
        Question.of(
            asked.signature(),
            Signatures.named(version.signatures(), asked.signature(), "parameters.signature_name"),
            asked.inputs());
    String first = asked.inputs().get(0).name();
    return InferResponse.of(
        version, asked, inference.outputs(version, question, row -> first + "[" + row + "]"));
  }

  private static int jsonLength(String header, int length) {
    if (!header.matches("\\d{1,10}") || Long.parseLong(header) > length) {
      throw invalid(
          InferResponse.HEADER_LENGTH,
          "is '%s'; it must be a number up to the body's %d bytes".formatted(header, length));
    }
    return Integer.parseInt(header);
  }
}
