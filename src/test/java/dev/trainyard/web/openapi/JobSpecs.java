package dev.trainyard.web.openapi;

import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Jobs that are well written and jobs that are not, whatever the dataset is like. */
final class JobSpecs {

  private static final JsonMapper FIRST_VALUE =
      SpecJson.MAPPER.rebuild().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** On the dataset shapes, for a worker that there is not. */
  private static final String WAITING =
      """
      {"$schema": "job-spec.json", "name": "waits", "dataset": "shapes", %s,
       "input": {"height": 40, "width": 40}, "scheduling": {"labels": ["nowhere"], "maxDuration": "PT2H30M"}}
      """;

  static List<String> valid() {
    return Stream.of(
            "\"model\": {\"type\": \"cnn\"}, \"training\": {\"batchSize\": 4}",
            "\"model\": {\"type\": \"resnet\", \"depth\": 18}, \"training\": {\"batchSize\": 4, \"steps\": 9,"
                + " \"optimizer\": {\"type\": \"adamw\", \"weightDecay\": 0.1},"
                + " \"schedule\": {\"type\": \"cosine\", \"warmup\": 2}}",
            "\"model\": {\"type\": \"dnn\", \"hiddenUnits\": [8, 4]}, \"training\": {\"batchSize\": 4,"
                + " \"epochs\": 0.5, \"timeLimit\": \"PT1.5S\", \"checkpoint\": {\"keepBest\": \"loss\"},"
                + " \"schedule\": {\"type\": \"piecewise\", \"boundaries\": [5], \"factors\": [1, 0.1]}},"
                + " \"register\": {\"model\": \"other\", \"checkpoint\": \"best\"}")
        .map(WAITING::formatted)
        .toList();
  }

  static List<String> invalid() {
    List<String> all = new ArrayList<>();
    for (String model :
        List.of(
            "{}",
            "7",
            "{\"type\": \"transformer\"}",
            "{\"type\": \"linear\", \"units\": 3}",
            "{\"type\": \"cnn\", \"units\": 0}",
            "{\"type\": \"cnn\", \"units\": 1.5}",
            "{\"type\": \"cnn\", \"units\": \"3\"}",
            "{\"type\": \"cnn\", \"dropout\": 1}",
            "{\"type\": \"cnn\", \"batchNorm\": \"yes\"}",
            "{\"type\": \"dnn\", \"hiddenUnits\": []}",
            "{\"type\": \"resnet\", \"depth\": 19}")) {
      all.add(WAITING.formatted("\"model\": " + model));
    }
    for (String training :
        List.of(
            "{\"batchSize\": 0}",
            "{\"steps\": 2000000000}",
            "{\"step\": 10}",
            "{\"timeLimit\": \"an hour\"}",
            "{\"precision\": \"float16\"}",
            "{\"optimizer\": {\"learningRate\": 0.1}}",
            "{\"optimizer\": {\"type\": \"sgd\", \"momentum\": 0.9}}",
            "{\"optimizer\": {\"type\": \"adam\", \"beta1\": 1}}",
            "{\"optimizer\": {\"type\": \"adam\", \"learningRate\": 0}}",
            "{\"schedule\": {\"type\": \"piecewise\", \"boundaries\": [5]}}",
            "{\"checkpoint\": {\"keepBest\": \"speed\"}}",
            "{\"warmStartFrom\": {\"job\": \"the last one\"}}")) {
      all.add(WAITING.formatted("\"model\": {\"type\": \"linear\"}, \"training\": " + training));
    }
    all.add("{\"name\": \"a\", \"dataset\": \"shapes\"}");
    all.add(
        "{\"name\": \"Not a name!\", \"dataset\": \"shapes\", \"model\": {\"type\": \"linear\"}}");
    all.add("{\"name\": \"a\", \"model\": {\"type\": \"linear\"}}");
    all.add("[]");
    return all;
  }

  /** Whatever looks like a job in the documents. */
  static List<JsonNode> inDocuments() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    try (Stream<Path> documents = Files.list(Path.of("src/docs"))) {
      Stream.concat(documents, Stream.of(Path.of("README.md")))
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .forEach(file -> all.addAll(in(file)));
    }
    return all;
  }

  private static List<JsonNode> in(Path file) {
    try {
      List<JsonNode> found = new ArrayList<>();
      String text = Files.readString(file);
      for (int at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) {
        JsonNode value = value(text.substring(at));
        if (value != null && value.has("dataset") && value.has("model")) {
          found.add(value);
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode value(String text) {
    try {
      return FIRST_VALUE.readTree(text);
    } catch (JacksonException e) {
      return null;
    }
  }

  private JobSpecs() {}
}
