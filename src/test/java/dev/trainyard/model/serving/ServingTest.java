package dev.trainyard.model.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.model.ModelServiceTest;
import dev.trainyard.model.predict.PredictorProgram;
import dev.trainyard.spec.SpecJson;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class ServingTest extends ModelServiceTest {

  private static final String MODEL = "/v1/models/asked";
  private static final String PREDICT = MODEL + ":predict";

  @Autowired private MeterRegistry meters;

  @BeforeEach
  void one_model() throws Exception {
    if (get(MODEL).statusCode() == 404) {
      publish("asked");
    }
  }

  @Test
  void each_image_is_answered_in_order() throws Exception {
    HttpResponse<String> response =
        post(
            PREDICT,
            """
            {"instances": [{"image_bytes": {"b64": "%s"}}, {"b64": "%s"}]}"""
                .formatted(base64("\4"), base64("\1")));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            """
            {"predictions":[\
            {"class":"tulips","classid":4,"probabilities":[0.0,0.0,0.0,0.0,1.0]},\
            {"class":"dandelion","classid":1,"probabilities":[0.0,1.0,0.0,0.0,0.0]}]}""");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "application/json",
        "application/json;charset=UTF-8",
        "text/plain",
        "application/octet-stream"
      })
  void the_body_is_json_whatever_its_content_type(String type) throws Exception {
    HttpResponse<byte[]> response =
        bytes(
            request(PREDICT)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(oneImage("\2"))));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("\"roses\"");
  }

  @Test
  void a_version_can_be_asked_by_its_number() throws Exception {
    assertThat(post(MODEL + "/versions/1:predict", oneImage("\0")).body()).contains("\"daisy\"");
    assertThat(post(MODEL + "/versions/7:predict", oneImage("\0")).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"serving_default", "classes"})
  void signatures_for_the_same_thing_are_the_same(String signature) throws Exception {
    String body = "{\"signature_name\": \"" + signature + "\"," + oneImage("\3").substring(1);

    assertThat(post(PREDICT, body).body()).contains("\"sunflowers\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                        | instances",
        "{\"instances\": []}                                       | instances",
        "{\"instances\": {}}                                       | instances",
        "{\"instances\": [null]}                                   | instances[0]",
        "{\"instances\": [7]}                                      | instances[0]",
        "{\"instances\": [{}]}                                     | instances[0].image_bytes",
        "{\"instances\": [{\"image\": {\"b64\": \"AAAA\"}}]}       | instances[0].image",
        "{\"instances\": [{\"image_bytes\": 7}]}                   | instances[0].image_bytes",
        "{\"instances\": [{\"image_bytes\": {}}]}                  | instances[0].image_bytes",
        "{\"instances\": [{\"image_bytes\": {\"b64\": 7}}]}        | instances[0].image_bytes.b64",
        "{\"instances\": [{\"b64\": \"AAAA\"}, {\"b64\": \"?!\"}]} | instances[1].b64",
        "{\"instances\": [{\"b64\": \"AAAAA\"}]}                   | instances[0].b64",
        "{\"instances\": [{\"b64\": \"AAAA\", \"x\": 1}]}          | instances[0]",
        "{\"instances\": [[\"AAAA\"]]}                             | instances",
        "{\"instances\": [\"AAAA\", [\"AAAA\"]]}                   | instances[1]",
        "{\"inputs\": {\"b64\": \"AAAA\"}}                         | inputs",
        "{\"inputs\": [\"AAAA\"], \"instances\": [\"AAAA\"]}       | inputs",
        "{\"inputs\": {\"x\": [\"AAAA\"]}}                         | inputs.x",
        "{\"inputs\": {}}                                         | inputs.image_bytes",
        "{\"examples\": []}                                        | examples",
        "{\"signature_name\": 3, \"instances\": []}                | signature_name",
        "{\"signature_name\": \"x\", \"instances\": []}            | signature_name",
        "{\"signature_name\": \"two\", \"instances\": [[1, 2]]}     | instances[0]",
        "{\"signature_name\": \"two\", \"instances\": [{\"words\": \"\"}]} | instances[0].pairs",
        "{\"signature_name\": \"two\", \"inputs\": {\"pairs\": [[1, 2], [3]]}} | inputs.pairs[1]",
        "{\"signature_name\": \"two\", \"inputs\": {\"pairs\": [[1, 2], 3]}} | inputs.pairs[1]",
        "{\"signature_name\": \"two\", \"inputs\": {\"pairs\": [[1, 2, 3]]}} | inputs.pairs",
        "{\"signature_name\": \"two\", \"inputs\": {\"pairs\": [[1, 1e99]]}} | inputs.pairs[0][1]",
        "{\"signature_name\": \"two\", \"inputs\": {\"pairs\": [[1, \"2\"]]}} | inputs.pairs[0][1]",
        "{\"signature_name\": \"echo_UINT8\", \"inputs\": [1, 256]}   | inputs[1]",
        "{\"signature_name\": \"echo_INT32\", \"inputs\": [1.5]}      | inputs[0]",
        "{\"signature_name\": \"echo_INT64\", \"inputs\": [99999999999999999999]} | inputs[0]",
        "{\"signature_name\": \"echo_HALF\", \"inputs\": [65520]}     | inputs[0]",
        "{\"signature_name\": \"echo_BOOL\", \"inputs\": [1]}         | inputs[0]",
        "{\"signature_name\": \"echo_FLOAT\", \"inputs\": [[[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]]]} | inputs[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]"
      })
  void what_is_wrong_is_named(String body, String field) throws Exception {
    HttpResponse<String> response = post(PREDICT, body);

    JsonNode json = SpecJson.MAPPER.readTree(response.body());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(json.get("status").asInt()).isEqualTo(400);
    assertThat(json.at("/errors/0/field").asString()).isEqualTo(field);
    assertThat(json.get("error").asString()).contains(field);
    assertThat(json.get("type").asString()).isEqualTo("/problems/invalid-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "[]",
        "{\"instances\": [{\"b64\": \"AAAA\"}]",
        "{\"instances\": [{\"b64\": \"AAAA",
        "{\"inputs\": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "{\"inputs\": [01]}",
        "{\"instances\": [{\"b64\": \"AAAA\"}]} {}"
      })
  void what_is_no_json_object_is_malformed(String body) throws Exception {
    HttpResponse<String> response = post(PREDICT, body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(SpecJson.MAPPER.readTree(response.body()).get("error").asString()).isNotEmpty();
  }

  @Test
  void an_unknown_signature_is_refused() throws Exception {
    HttpResponse<String> response =
        post(PREDICT, "{\"signature_name\": \"regress\"," + oneImage("\0").substring(1));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("signature_name").contains("[classes, crowd, ");
  }

  @Test
  void what_is_no_image_is_named_by_its_place() throws Exception {
    HttpResponse<String> response =
        post(
            PREDICT,
            "{\"instances\": [{\"b64\": \"%s\"}, {\"b64\": \"%s\"}]}"
                .formatted(base64("\1"), base64(PredictorProgram.NO_IMAGE)));

    JsonNode json = SpecJson.MAPPER.readTree(response.body());
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json.at("/errors/0/field").asString()).isEqualTo("instances[1]");
    assertThat(json.get("error").asString()).isEqualTo("instances[1]: is not a JPEG or PNG image");
  }

  @Test
  void columns_are_answered_by_columns() throws Exception {
    HttpResponse<String> response =
        post(PREDICT, "{\"inputs\": [{\"b64\": \"%s\"}]}".formatted(base64("\4")));

    assertThat(response.body())
        .isEqualTo(
            """
            {"outputs":{"class":["tulips"],"classid":[4],"probabilities":[[0.0,0.0,0.0,0.0,1.0]]}}""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "BOOL     | [true,false]",
        "UINT8    | [0,255]",
        "UINT16   | [0,65535]",
        "INT32    | [-2147483648,7]",
        "INT64    | [-9223372036854775808,9223372036854775807]",
        "HALF     | [-65504.0,5.9604645E-8,NaN,Infinity]",
        "BFLOAT16 | [-1.0,3.3895314E38,NaN,-Infinity]",
        "FLOAT    | [0.1,-3.4028235E38,NaN,-Infinity]",
        "DOUBLE   | [0.1,1.7976931348623157E308,NaN]",
        "STRING   | [`a`,`ü`,``]"
      })
  void values_of_every_type_come_back_without_the_only_outputs_name(String type, String values)
      throws Exception {
    String json = values.replace('`', '"');
    String body = "{\"inputs\": %s, \"signature_name\": \"echo_%s\"}".formatted(json, type);

    assertThat(post(PREDICT, body).body()).isEqualTo("{\"outputs\":" + json + "}");
  }

  @Test
  void a_signature_of_several_inputs_takes_rows_and_columns_by_their_names() throws Exception {
    String rows =
        """
        {"signature_name": "two", "instances": [{"pairs": [1, 2], "words": "a"}, {"words": "b", "pairs": [3, 4]}]}""";
    String columns =
        """
        {"signature_name": "two", "inputs": {"words": ["a", "b"], "pairs": [[1, 2], [3, 4]]}}""";

    assertThat(post(PREDICT, rows).body())
        .isEqualTo(
            """
            {"predictions":[{"pairs":[1.0,2.0],"words":"a"},{"pairs":[3.0,4.0],"words":"b"}]}""");
    assertThat(post(PREDICT, columns).body())
        .isEqualTo("{\"outputs\":{\"pairs\":[[1.0,2.0],[3.0,4.0]],\"words\":[\"a\",\"b\"]}}");
  }

  @Test
  void bytes_that_are_no_text_come_back_in_base64() throws Exception {
    String body = "{\"signature_name\": \"echo_STRING\", \"instances\": [{\"b64\": \"/w==\"}]}";

    assertThat(post(PREDICT, body).body()).isEqualTo("{\"predictions\":[{\"b64\":\"/w==\"}]}");
  }

  @Test
  void a_classifier_of_images_answers_examples_with_its_labels() throws Exception {
    HttpResponse<String> response =
        post(
            MODEL + ":classify",
            "{\"signature_name\": \"classes\", \"examples\": [{\"image_bytes\": {\"b64\": \"AQ==\"}}]}");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(SpecJson.MAPPER.readTree(response.body()).get("result").toString())
        .isEqualTo(
            """
            [[["daisy",0.0],["dandelion",1.0],["roses",0.0],["sunflowers",0.0],["tulips",0.0]]]""");
  }

  @Test
  void signatures_of_estimators_take_examples_with_their_context() throws Exception {
    String examples = "\"context\": {\"x\": 0.25}, \"examples\": [{\"x\": 0.75}, {\"y\": [1, 2]}]}";
    assertThat(post(MODEL + ":classify", "{\"signature_name\": \"sizes\"," + examples).body())
        .startsWith(
            """
            {"result":[[["small",0.25],["large",0.75]],[["small",0.75],["large",0.25]]],""");
    assertThat(post(MODEL + ":regress", "{" + examples).body())
        .startsWith("{\"result\":[1.5,0.5],");
    HttpResponse<String> wrong =
        post(MODEL + ":regress", "{\"signature_name\": \"sizes\"," + examples);
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("tensorflow/serving/regress", "tensorflow/serving/classify");
    assertThat(post(MODEL + ":regress", "{\"examples\": [{\"x\": -1e39}]}").body())
        .contains("examples[0].x", "is out of range");
  }

  @Test
  void the_metadata_are_tensorflow_servings() throws Exception {
    JsonNode json = SpecJson.MAPPER.readTree(get(MODEL + "/metadata").body());
    assertThat(json.at("/model_spec/name").asString()).isEqualTo("asked");
    assertThat(json.at("/model_spec/version").asString()).isEqualTo("1");
    JsonNode signature = json.at("/metadata/signature_def/signature_def/serving_default");
    assertThat(signature.get("method_name").asString()).isEqualTo("tensorflow/serving/predict");
    assertThat(signature.at("/inputs/image_bytes/dtype").asString()).isEqualTo("DT_STRING");
    assertThat(signature.at("/outputs/probabilities/tensor_shape").toString())
        .isEqualTo(
            """
            {"dim":[{"size":"-1","name":""},{"size":"5","name":""}],"unknown_rank":false}""");
    assertThat(get(MODEL + "/versions/1/metadata").statusCode()).isEqualTo(200);
    assertThat(get(MODEL + "/labels/latest/metadata").statusCode()).isEqualTo(200);
  }

  @Test
  void a_label_is_a_version() throws Exception {
    assertThat(post(MODEL + "/labels/latest:predict", oneImage("\0")).body()).contains("daisy");
    HttpResponse<String> unknown = post(MODEL + "/labels/nobody:predict", oneImage("\0"));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("\"error\":");
  }

  @Test
  void what_no_controller_foresaw_has_an_error_too() throws Exception {
    assertThat(get("/v1/models/asked/nothing").body()).contains("\"error\":");
  }

  @Test
  void too_many_images_are_refused() throws Exception {
    String image = "{\"b64\": \"AAAA\"}";
    String four = String.join(",", image, image, image, image);

    assertThat(post(PREDICT, "{\"instances\": [" + four + "]}").statusCode()).isEqualTo(200);
    HttpResponse<String> response = post(PREDICT, "{\"instances\": [" + four + "," + image + "]}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("at most 4 instances");
  }

  @Test
  void a_body_that_is_too_large_is_refused() throws Exception {
    String large = "{\"instances\": [{\"b64\": \"" + "A".repeat(1 << 20) + "\"}]}";

    HttpResponse<String> told = post(PREDICT, large);
    HttpResponse<byte[]> chunked =
        bytes(
            request(PREDICT)
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))));

    assertThat(told.statusCode()).isEqualTo(413);
    assertThat(told.body()).contains("1048576 bytes").contains("\"error\":");
    assertThat(chunked.statusCode()).isEqualTo(413);
  }

  @Test
  void an_image_of_many_buffers_arrives_whole() throws Exception {
    HttpResponse<String> response = post(PREDICT, oneImage("\1" + "x".repeat(700_000)));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("dandelion");
  }

  @Test
  void an_unknown_model_is_not_found_in_both_dialects() throws Exception {
    HttpResponse<String> response = post("/v1/models/nobody:predict", oneImage("\0"));

    JsonNode json = SpecJson.MAPPER.readTree(response.body());
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json.get("type").asString()).isEqualTo("/problems/not-found");
    assertThat(json.get("error").asString()).contains("nobody");
  }

  @Test
  void the_status_is_tensorflow_servings() throws Exception {
    String available =
        """
        {"model_version_status":[{"version":"1","state":"AVAILABLE",\
        "status":{"error_code":"OK","error_message":""}}]}""";

    assertThat(get(MODEL).body()).isEqualTo(available);
    assertThat(get(MODEL + "/versions/1").body()).isEqualTo(available);
  }

  @Test
  void a_crash_is_answered_and_timed_as_a_failure() throws Exception {
    long before = predictions("failed");

    HttpResponse<String> response = post(PREDICT, oneImage(PredictorProgram.CRASH));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("/problems/model-unavailable").contains("\"error\":");
    assertThat(predictions("failed") - before).isEqualTo(1);
    assertThat(post(PREDICT, oneImage("\0")).statusCode()).isEqualTo(200);
  }

  @Test
  void answers_and_refusals_are_timed_apart() throws Exception {
    long ok = predictions("ok");
    long refused = predictions("refused");

    post(PREDICT, oneImage("\0"));
    post(PREDICT, "{}");
    post("/v1/models/nobody:predict", oneImage("\0"));

    assertThat(predictions("ok") - ok).isEqualTo(1);
    assertThat(predictions("refused") - refused).isEqualTo(2);
  }

  private long predictions(String outcome) {
    Timer timer =
        meters
            .find("trainyard.predictions")
            .tags("dialect", "tensorflow_serving", "outcome", outcome)
            .timer();
    return timer == null ? 0 : timer.count();
  }

  private static String oneImage(String content) {
    return "{\"instances\": [{\"image_bytes\": {\"b64\": \"" + base64(content) + "\"}}]}";
  }

  private static String base64(String content) {
    return Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.ISO_8859_1));
  }
}
