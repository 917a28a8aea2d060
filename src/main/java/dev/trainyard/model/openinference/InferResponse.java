package dev.trainyard.model.openinference;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import dev.trainyard.model.ModelVersionView;
import dev.trainyard.model.openinference.InferRequest.WantedOutput;
import dev.trainyard.model.tensor.TensorJson;
import dev.trainyard.model.tensor.TensorWriter;
import dev.trainyard.trainer.protocol.TensorData;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonGenerator;

/** The outputs that were wanted, as JSON or, some or all of them, in binary after it. */
record InferResponse(ModelVersionView model, String id, List<Output> outputs) {

  static final String HEADER_LENGTH = "Inference-Header-Content-Length";

  static InferResponse of(ModelVersionView model, InferRequest request, List<TensorData> all) {
    List<Output> outputs = new ArrayList<>();
    if (request.outputs().isEmpty()) {
      all.forEach(tensor -> outputs.add(new Output(tensor, request.binary())));
    }
    for (WantedOutput wanted : request.outputs()) {
      all.stream()
          .filter(tensor -> tensor.name().equals(wanted.name()))
          .map(
              tensor -> wanted.classes() == 0 ? tensor : Classes.of(tensor, wanted, model.labels()))
          .forEach(tensor -> outputs.add(new Output(tensor, wanted.binary() || request.binary())));
    }
    for (Output output : outputs) {
      if (!output.isBinary() && !TensorWriter.isText(output.tensor())) {
        throw invalid(
            "outputs", "'" + output.tensor().name() + "' is no text; ask for it with binary_data");
      }
    }
    return new InferResponse(model, request.id(), outputs);
  }

  void writeTo(HttpServletResponse response) throws IOException {
    if (outputs.stream().noneMatch(Output::isBinary)) {
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      json(response.getOutputStream());
      return;
    }
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    json(header);
    long length = header.size() + outputs.stream().mapToLong(Output::binarySize).sum();
    response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
    response.setHeader(HEADER_LENGTH, Integer.toString(header.size()));
    response.setContentLengthLong(length);
    OutputStream out = response.getOutputStream();
    header.writeTo(out);
    var channel = Channels.newChannel(out);
    for (Output output : outputs) {
      if (output.isBinary()) {
        channel.write(output.tensor().content());
      }
    }
  }

  private void json(OutputStream out) {
    try (JsonGenerator json = TensorJson.generator(out)) {
      json.writeStartObject();
      json.writeStringProperty("model_name", model.name());
      json.writeStringProperty("model_version", Integer.toString(model.version()));
      if (!id.isEmpty()) {
        json.writeStringProperty("id", id);
      }
      json.writeName("outputs");
      json.writeStartArray();
      outputs.forEach(output -> output.writeTo(json));
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  record Output(TensorData tensor, boolean isBinary) {

    long binarySize() {
      return isBinary ? tensor.content().remaining() : 0;
    }

    void writeTo(JsonGenerator json) {
      json.writeStartObject();
      json.writeStringProperty("name", tensor.name());
      json.writeStringProperty("datatype", Datatypes.of(tensor.type()));
      json.writeName("shape");
      json.writeStartArray();
      tensor.shape().forEach(json::writeNumber);
      json.writeEndArray();
      if (isBinary) {
        json.writeName("parameters");
        json.writeStartObject();
        json.writeNumberProperty("binary_data_size", binarySize());
        json.writeEndObject();
      } else {
        json.writeName("data");
        new TensorWriter(json, tensor).flat();
      }
      json.writeEndObject();
    }
  }
}
