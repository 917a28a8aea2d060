package dev.trainyard.model.serving;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import dev.trainyard.model.tensor.Signatures;
import dev.trainyard.model.tensor.TensorJson;
import dev.trainyard.model.tensor.TensorReader;
import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads TensorFlow Serving's row and column forms straight into tensors. It goes over the text
 * twice, because the name of the signature, which says what the numbers are, may come last.
 */
final class PredictRequestReader {

  private static final String SIGNATURE_NAME = "signature_name";
  private static final String INSTANCES = "instances";
  private static final String INPUTS = "inputs";
  private static final String BASE64 = "b64";

  private final String signatureName;
  private final SignatureInfo signature;
  private final int maxInstances;
  private final long maxBytes;

  private PredictRequestReader(
      String signatureName, SignatureInfo signature, int maxInstances, long maxBytes) {
    this.signatureName = signatureName;
    this.signature = signature;
    this.maxInstances = maxInstances;
    this.maxBytes = maxBytes;
  }

  /**
   * @throws dev.trainyard.problem.ProblemException MALFORMED_REQUEST when it is no JSON;
   *     INVALID_REQUEST naming the field that is wrong
   */
  static PredictRequest read(
      byte[] body, Map<String, SignatureInfo> signatures, int maxInstances, long maxBytes) {
    String name = TensorJson.read(body, body.length, PredictRequestReader::signatureName);
    SignatureInfo signature = Signatures.named(signatures, name, SIGNATURE_NAME);
    PredictRequestReader reader = new PredictRequestReader(name, signature, maxInstances, maxBytes);
    return TensorJson.read(body, body.length, reader::request);
  }

  private static String signatureName(JsonParser json) {
    String signature = Signatures.DEFAULT;
    Set<String> fields = new HashSet<>();
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      if (!fields.add(field)) {
        throw invalid(field, "stands there twice");
      }
      switch (field) {
        case SIGNATURE_NAME -> {
          if (json.nextToken() != JsonToken.VALUE_STRING) {
            throw invalid(SIGNATURE_NAME, "must be a text");
          }
          String given = json.getString();
          signature = given.isEmpty() ? signature : given;
        }
        case INSTANCES, INPUTS -> {
          json.nextToken();
          json.skipChildren();
        }
        default ->
            throw invalid(
                field,
                "is not known; known are " + SIGNATURE_NAME + ", " + INSTANCES + ", " + INPUTS);
      }
    }
    if (fields.contains(INSTANCES) && fields.contains(INPUTS)) {
      throw invalid(INPUTS, "cannot stand beside '" + INSTANCES + "'");
    }
    if (!fields.contains(INSTANCES) && !fields.contains(INPUTS)) {
      throw invalid(INSTANCES, "is required, or '" + INPUTS + "'");
    }
    return signature;
  }

  private PredictRequest request(JsonParser json) {
    boolean columns = false;
    List<TensorData> inputs = List.of();
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      json.nextToken();
      if (field.equals(INSTANCES)) {
        inputs = instances(json);
      } else if (field.equals(INPUTS)) {
        columns = true;
        inputs = inputs(json);
      }
    }
    return new PredictRequest(signatureName, signature, columns, inputs);
  }

  private List<TensorData> instances(JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw invalid(INSTANCES, "must be a list");
    }
    Map<String, TensorReader> readers = new LinkedHashMap<>();
    for (TensorInfo input : signature.inputs()) {
      readers.put(input.name(), new TensorReader(input.name(), Signatures.typeOf(input), maxBytes));
    }
    if (readers.isEmpty()) {
      throw invalid(INSTANCES, "cannot be: the signature takes nothing; send 'inputs': {}");
    }
    int count = 0;
    for (; json.nextToken() != JsonToken.END_ARRAY; count++) {
      if (count == maxInstances) {
        throw invalid(INSTANCES, "must hold at most " + maxInstances + " instances");
      }
      instance(json, readers, INSTANCES + "[" + count + "]");
    }
    if (count == 0) {
      throw invalid(INSTANCES, "must hold at least one instance");
    }
    List<TensorData> inputs = new ArrayList<>();
    for (TensorInfo input : signature.inputs()) {
      TensorData tensor = Objects.requireNonNull(readers.get(input.name())).rows();
      Signatures.checkShape(input, tensor, INSTANCES);
      inputs.add(tensor);
    }
    return inputs;
  }

  /** A value for the only input stands by that input's name, or alone. */
  private void instance(JsonParser json, Map<String, TensorReader> readers, String path) {
    if (isValue(json)) {
      only(path);
      readers.values().iterator().next().row(json, path);
      return;
    }
    Set<String> given = new HashSet<>();
    for (String name = current(json); name != null; name = json.nextName()) {
      TensorReader reader = readers.get(name);
      if (reader == null || !given.add(name)) {
        throw unknown(path + "." + name, reader == null);
      }
      json.nextToken();
      reader.row(json, path + "." + name);
    }
    requireAll(given, path);
  }

  private List<TensorData> inputs(JsonParser json) {
    if (isValue(json)) {
      return List.of(whole(json, only(INPUTS), INPUTS));
    }
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    for (String name = current(json); name != null; name = json.nextName()) {
      TensorInfo input = Signatures.input(signature, name).orElse(null);
      if (input == null || tensors.containsKey(name)) {
        throw unknown(INPUTS + "." + name, input == null);
      }
      json.nextToken();
      tensors.put(name, whole(json, input, INPUTS + "." + name));
    }
    requireAll(tensors.keySet(), INPUTS);
    return List.copyOf(tensors.values());
  }

  private TensorData whole(JsonParser json, TensorInfo input, String path) {
    TensorReader reader = new TensorReader(input.name(), Signatures.typeOf(input), maxBytes);
    TensorData tensor = reader.whole(json, path);
    Signatures.checkShape(input, tensor, path);
    return tensor;
  }

  private TensorInfo only(String path) {
    if (signature.inputs().size() != 1) {
      throw invalid(path, "must be an object with " + Signatures.inputNames(signature));
    }
    return signature.inputs().get(0);
  }

  private void requireAll(Set<String> given, String path) {
    for (TensorInfo input : signature.inputs()) {
      if (!given.contains(input.name())) {
        throw invalid(path + "." + input.name(), "is required");
      }
    }
  }

  private RuntimeException unknown(String path, boolean isUnknown) {
    return invalid(
        path,
        isUnknown
            ? "is not known; known are " + Signatures.inputNames(signature)
            : "stands there twice");
  }

  /**
   * Whether what begins here is a value itself, and not values by the names of their inputs; if it
   * is an object, its first name is the current token then.
   */
  private boolean isValue(JsonParser json) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return true;
    }
    return BASE64.equals(json.nextName()) && Signatures.input(signature, BASE64).isEmpty();
  }

  /** The name that {@link #isValue} has come to; none in an empty object. */
  private static @Nullable String current(JsonParser json) {
    return json.currentToken() == JsonToken.PROPERTY_NAME ? json.currentName() : null;
  }
}
