package dev.trainyard.model.openinference;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import dev.trainyard.model.openinference.InferRequest.WantedOutput;
import dev.trainyard.model.tensor.Signatures;
import dev.trainyard.model.tensor.Strings;
import dev.trainyard.model.tensor.TensorJson;
import dev.trainyard.model.tensor.TensorReader;
import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads an inference request: JSON, and after it, where {@code Inference-Header-Content-Length}
 * says so, tensors in binary. It goes over the JSON twice, because what the data are may stand
 * behind them.
 */
final class InferRequestReader {

  private static final int MOST_TENSORS = 256;

  private final byte[] body;
  private final int jsonLength;
  private final long maxBytes;

  private String id = "";
  private Parameters parameters = Parameters.none("parameters");
  private final List<InputHead> heads = new ArrayList<>();
  private final List<WantedOutput> outputs = new ArrayList<>();

  private InferRequestReader(byte[] body, int jsonLength, long maxBytes) {
    this.body = body;
    this.jsonLength = jsonLength;
    this.maxBytes = maxBytes;
  }

  /**
   * @param jsonLength bytes of the body that are JSON
   * @throws dev.trainyard.problem.ProblemException MALFORMED_REQUEST or INVALID_REQUEST
   */
  static InferRequest read(
      byte[] body, int jsonLength, Map<String, SignatureInfo> signatures, long maxBytes) {
    InferRequestReader reader = new InferRequestReader(body, jsonLength, maxBytes);
    TensorJson.read(body, jsonLength, reader::heads);
    String name = reader.parameters.text("signature_name").orElse(Signatures.DEFAULT);
    SignatureInfo signature = Signatures.named(signatures, name, "parameters.signature_name");
    return new InferRequest(
        reader.id, name, reader.isBinary(), reader.inputs(signature), reader.checked(signature));
  }

  private boolean isBinary() {
    return parameters.flag("binary_data_output").orElse(false);
  }

  private boolean heads(JsonParser json) {
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      json.nextToken();
      switch (field) {
        case "id" -> id = InputHead.text(json, field);
        case "parameters" -> parameters = Parameters.read(json, field);
        case "inputs" -> list(json, field, (path) -> heads.add(InputHead.read(json, path)));
        case "outputs" -> list(json, field, (path) -> outputs.add(output(json, path)));
        default -> throw invalid(field, "is not known; known are id, parameters, inputs, outputs");
      }
    }
    if (heads.isEmpty()) {
      throw invalid("inputs", "is required");
    }
    return true;
  }

  private static void list(
      JsonParser json, String field, java.util.function.Consumer<String> element) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw invalid(field, "must be a list");
    }
    for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
      if (i == MOST_TENSORS) {
        throw invalid(field, "must hold at most " + MOST_TENSORS + " tensors");
      }
      element.accept(field + "[" + i + "]");
    }
  }

  private static WantedOutput output(JsonParser json, String path) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw invalid(path, "must be an object");
    }
    String name = "";
    Parameters parameters = Parameters.none(path + ".parameters");
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      json.nextToken();
      switch (field) {
        case "name" -> name = InputHead.text(json, path + ".name");
        case "parameters" -> parameters = Parameters.read(json, path + ".parameters");
        default -> throw invalid(path + "." + field, "is not known; known are name, parameters");
      }
    }
    return new WantedOutput(
        name,
        parameters.flag("binary_data").orElse(false),
        parameters.number("classification", 1, Integer.MAX_VALUE).orElse(0));
  }

  private List<WantedOutput> checked(SignatureInfo signature) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < outputs.size(); i++) {
      String name = outputs.get(i).name();
      if (signature.outputs().stream().noneMatch(it -> it.name().equals(name))) {
        throw invalid(
            "outputs[" + i + "].name",
            "'"
                + name
                + "' is not known; known are "
                + signature.outputs().stream().map(TensorInfo::name).toList());
      }
      if (!names.add(name)) {
        throw invalid("outputs[" + i + "].name", "stands there twice");
      }
    }
    return outputs;
  }

  private List<TensorData> inputs(SignatureInfo signature) {
    Map<Integer, TensorData> written = new java.util.HashMap<>();
    List<TensorInfo> infos = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (InputHead head : heads) {
      TensorInfo info = head.info(signature);
      if (!names.add(info.name())) {
        throw invalid(head.path() + ".name", "stands there twice");
      }
      infos.add(info);
    }
    for (TensorInfo info : signature.inputs()) {
      if (!names.contains(info.name())) {
        throw invalid("inputs", "must hold '" + info.name() + "'");
      }
    }
    if (heads.stream().anyMatch(InputHead::hasData)) {
      TensorJson.read(body, jsonLength, json -> data(json, written));
    }
    List<TensorData> tensors = new ArrayList<>();
    int at = jsonLength;
    for (int i = 0; i < heads.size(); i++) {
      InputHead head = heads.get(i);
      TensorData tensor = written.get(i);
      if (tensor == null) {
        int size =
            head.binarySize()
                .orElseThrow(
                    () -> invalid(head.path() + ".data", "is required, or binary_data_size"));
        tensor = binary(head, at, size);
        at += size;
      }
      Signatures.checkShape(infos.get(i), tensor, head.path() + ".shape");
      tensors.add(tensor);
    }
    if (at != body.length) {
      throw invalid(
          "inputs", "leave %d bytes after the JSON that nobody claims".formatted(body.length - at));
    }
    return tensors;
  }

  private TensorData binary(InputHead head, int at, int size) {
    String path = head.path() + ".parameters.binary_data_size";
    if (size > body.length - at) {
      throw invalid(path, "is %d, but %d bytes are left".formatted(size, body.length - at));
    }
    try {
      return new TensorData(
          String.valueOf(head.name()),
          head.type(),
          head.shapeGiven(),
          ByteBuffer.wrap(body, at, size));
    } catch (IllegalArgumentException e) {
      throw invalid(path, "is wrong: " + e.getMessage());
    }
  }

  /** The second pass: whatever is not data has been looked at. */
  private boolean data(JsonParser json, Map<Integer, TensorData> written) {
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      json.nextToken();
      if (!field.equals("inputs")) {
        json.skipChildren();
        continue;
      }
      for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
        for (String part = json.nextName(); part != null; part = json.nextName()) {
          json.nextToken();
          if (part.equals("data")) {
            written.put(i, elements(json, heads.get(i)));
          } else {
            json.skipChildren();
          }
        }
      }
    }
    return true;
  }

  private TensorData elements(JsonParser json, InputHead head) {
    String path = head.path() + ".data";
    if (head.binarySize().isPresent()) {
      throw invalid(path, "cannot stand beside binary_data_size");
    }
    TensorData tensor =
        new TensorReader(String.valueOf(head.name()), head.type(), maxBytes)
            .elements(json, path, head.shapeGiven());
    return head.isBase64() ? decoded(tensor, path) : tensor;
  }

  private static TensorData decoded(TensorData tensor, String path) {
    List<byte[]> bytes = new ArrayList<>();
    for (byte[] text : tensor.strings()) {
      try {
        bytes.add(Base64.getDecoder().decode(new String(text, StandardCharsets.ISO_8859_1)));
      } catch (IllegalArgumentException e) {
        throw invalid(path + "[" + bytes.size() + "]", "is not Base64");
      }
    }
    TensorData decoded = Strings.tensor(tensor.name(), bytes);
    return new TensorData(tensor.name(), tensor.type(), tensor.shape(), decoded.content());
  }
}
