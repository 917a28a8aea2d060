package dev.trainyard.model.openinference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.model.ModelServiceTest;
import dev.trainyard.spec.SpecJson;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Tag("h2")
class OpenInferenceTest extends ModelServiceTest {

  private static final String MODEL = "/v2/models/inferred";
  private static final String INFER = MODEL + "/infer";

  @BeforeEach
  void one_model() throws Exception {
    if (get(MODEL).statusCode() == 404) {
      publish("inferred");
    }
  }

  @Test
  void the_server_tells_what_it_is_and_that_it_is_ready() throws Exception {
    assertThat(json(get("/v2")).get("extensions").toString())
        .isEqualTo("[\"binary_tensor_data\",\"classification\"]");
    assertThat(get("/v2/health/live").body()).isEqualTo("{\"live\":true}");
    assertThat(get("/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
  }

  @Test
  void a_model_tells_what_it_takes() throws Exception {
    JsonNode model = json(get(MODEL));

    assertThat(model.get("versions").toString()).isEqualTo("[\"1\"]");
    assertThat(model.get("platform").asString()).isEqualTo("tensorflow_savedmodel");
    assertThat(model.at("/inputs/0").toString())
        .isEqualTo("{\"name\":\"image_bytes\",\"datatype\":\"BYTES\",\"shape\":[-1]}");
    assertThat(model.at("/outputs/2/datatype").asString()).isEqualTo("FP32");
    assertThat(json(get(MODEL + "/versions/1/ready")).get("ready").asBoolean()).isTrue();
    HttpResponse<String> unknown = get("/v2/models/nobody/ready");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(json(unknown, 404).get("error").asString()).contains("nobody");
  }

  @Test
  void an_image_in_base64_is_classified() throws Exception {
    HttpResponse<String> response =
        post(
            MODEL + "/versions/1/infer",
            """
            {"id": "42", "inputs": [{"data": ["BA==", "AQ=="], "name": "image_bytes", "datatype": "BYTES",
              "shape": [2], "parameters": {"content_type": "base64"}}],
             "outputs": [{"name": "probabilities", "parameters": {"classification": 1}}, {"name": "classid"}]}""");

    assertThat(response.body())
        .isEqualTo(
            """
            {"model_name":"inferred","model_version":"1","id":"42","outputs":[\
            {"name":"probabilities","datatype":"BYTES","shape":[2,1],"data":["1.0:4:tulips","1.0:1:dandelion"]},\
            {"name":"classid","datatype":"INT32","shape":[2],"data":[4,1]}]}""");
  }

  @Test
  void tensors_come_and_go_in_binary() throws Exception {
    byte[] image = {4, 9, 9};
    String json =
        """
        {"inputs": [{"name": "image_bytes", "datatype": "BYTES", "shape": [1], "parameters": {"binary_data_size": 7}}],
         "outputs": [{"name": "probabilities", "parameters": {"binary_data": true}}, {"name": "class"}]}""";
    HttpResponse<byte[]> response = binary(json, strings(image));

    int header =
        Integer.parseInt(
            response.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
    JsonNode head = SpecJson.MAPPER.readTree(Arrays.copyOf(response.body(), header));
    assertThat(head.at("/outputs/0/parameters/binary_data_size").asInt()).isEqualTo(20);
    assertThat(head.at("/outputs/1/data/0").asString()).isEqualTo("tulips");
    ByteBuffer rest =
        ByteBuffer.wrap(response.body(), header, 20).slice().order(ByteOrder.LITTLE_ENDIAN);
    assertThat(rest.getFloat(16)).isEqualTo(1f);
    assertThat(response.body()).hasSize(header + 20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOL     | BOOL   | 1",
        "UINT8    | UINT8  | 1",
        "UINT16   | UINT16 | 2",
        "INT32    | INT32  | 4",
        "INT64    | INT64  | 8",
        "HALF     | FP16   | 2",
        "BFLOAT16 | BF16   | 2",
        "FLOAT    | FP32   | 4",
        "DOUBLE   | FP64   | 8"
      })
  void every_type_comes_back_bit_by_bit(String type, String datatype, int bytes) throws Exception {
    byte[] content = new byte[2 * bytes];
    content[0] = 1;
    content[bytes] = 1;
    String json =
        """
        {"parameters": {"signature_name": "echo_%s", "binary_data_output": true}, "inputs": [{"name": "x",
         "shape": [2], "datatype": "%s", "parameters": {"binary_data_size": %d}}]}"""
            .formatted(type, datatype, 2 * bytes);

    HttpResponse<byte[]> response = binary(json, content);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).endsWith(content);
    assertThat(new String(response.body(), StandardCharsets.ISO_8859_1))
        .contains("\"datatype\":\"" + datatype + "\"");
  }

  @Test
  void data_may_be_flat_or_nested() throws Exception {
    for (String data : List.of("[1, 2, 3, 4]", "[[1, 2], [3, 4]]")) {
      String body =
          """
          {"parameters": {"signature_name": "whole"}, "inputs": [{"name": "square", "shape": [2, 2],
           "datatype": "FP32", "data": %s}]}"""
              .formatted(data);
      assertThat(json(post(INFER, body)).at("/outputs/0").toString())
          .isEqualTo(
              "{\"name\":\"square\",\"datatype\":\"FP32\",\"shape\":[2,2],\"data\":[1.0,2.0,3.0,4.0]}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}                                                                       | inputs",
        "{`inputs`: []}                                                           | inputs",
        "{`inputs`: [3]}                                                          | inputs[0]",
        "{`inputs`: [{}]}                                                         | inputs[0].name",
        "{`inputs`: [{`name`: `x`}]}                                              | inputs[0].name",
        "{`inputs`: [{`name`: `image_bytes`}]}                                    | inputs[0].datatype",
        "{`inputs`: [{`name`: `image_bytes`, `datatype`: `FP32`}]}                | inputs[0].datatype",
        "{`inputs`: [{IMAGE}]}                                                    | inputs[0].data",
        "{`inputs`: [{IMAGE, `data`: [`a`]}]}                                     | inputs[0].shape",
        "{`inputs`: [{IMAGE, `shape`: [1, 1], `data`: [`a`]}]}                    | inputs[0].shape",
        "{`inputs`: [{IMAGE, `shape`: [-1], `data`: [`a`]}]}                      | inputs[0].shape",
        "{`inputs`: [{IMAGE, `shape`: [4611686018427387904, 4], `data`: [`a`]}]}  | inputs[0].shape",
        "{`inputs`: [{IMAGE, `shape`: [99999999999999999999], `data`: [`a`]}]}    | inputs[0].shape",
        "{`inputs`: [{IMAGE, `shape`: [2], `data`: [`a`]}]}                       | inputs[0].data",
        "{`inputs`: [{IMAGE, `shape`: [1], `data`: [7]}]}                         | inputs[0].data",
        "{`inputs`: [{IMAGE, `shape`: [1], `data`: [`?`], `parameters`: {`content_type`: `base64`}}]} | inputs[0].data[0]",
        "{`inputs`: [{IMAGE, `shape`: [1], `data`: [`no image`]}]}                | image_bytes[0]",
        "{`inputs`: [{IMAGE, `shape`: [1], `data`: [`a`]}, {IMAGE, `shape`: [1], `data`: [`a`]}]} | inputs[1].name",
        "{`inputs`: [{IMAGE, `shape`: [1], `data`: [`a`]}], `outputs`: [{`name`: `x`}]} | outputs[0].name",
        "{`inputs`: [{IMAGE, `shape`: [1], `data`: [`a`]}], `outputs`: [{`name`: `class`, `parameters`: {`classification`: 1}}]} | outputs",
        "{`inputs`: [{IMAGE, `shape`: [1], `parameters`: {`binary_data_size`: 9}}]} | inputs[0].parameters.binary_data_size",
        "{`inputs`: [{IMAGE, `shape`: [1], `parameters`: {`binary_data_size`: -1}}]} | inputs[0].parameters.binary_data_size",
        "{`parameters`: {`signature_name`: `x`}, `inputs`: [{IMAGE}]}             | parameters.signature_name"
      })
  void what_is_wrong_is_named(String body, String field) throws Exception {
    HttpResponse<String> response =
        post(
            INFER,
            body.replace("IMAGE", "`name`: `image_bytes`, `datatype`: `BYTES`").replace('`', '"'));

    JsonNode json = json(response, 400);
    assertThat(json.at("/errors/0/field").asString()).isEqualTo(field);
    assertThat(json.get("error").asString()).contains(field);
  }

  @Test
  void binary_data_that_do_not_fit_are_refused() throws Exception {
    String json =
        """
        {"inputs": [{"name": "image_bytes", "datatype": "BYTES", "shape": [1], "parameters": {"binary_data_size": 7}}]}""";
    byte[] lies = {100, 0, 0, 0, 1, 2, 3};
    byte[] negative = {-1, -1, -1, -1, 1, 2, 3};
    for (byte[] wrong : List.of(new byte[0], new byte[8], lies, negative)) {
      assertThat(binary(json, wrong).statusCode()).isEqualTo(400);
    }
    for (String length : List.of("-1", "x", "99999", "99999999999", "3")) {
      HttpResponse<byte[]> response =
          bytes(
              request(INFER)
                  .header("Inference-Header-Content-Length", length)
                  .POST(HttpRequest.BodyPublishers.ofString(json)));
      assertThat(response.statusCode()).as(length).isEqualTo(400);
    }
  }

  private HttpResponse<byte[]> binary(String json, byte[] content) throws Exception {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(header);
    body.writeBytes(content);
    return bytes(
        request(INFER)
            .header("Inference-Header-Content-Length", Integer.toString(header.length))
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
  }

  private static byte[] strings(byte[] only) {
    return ByteBuffer.allocate(4 + only.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(only.length)
        .put(only)
        .array();
  }

  private static JsonNode json(HttpResponse<String> response) {
    return json(response, 200);
  }

  private static JsonNode json(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return SpecJson.MAPPER.readTree(response.body());
  }
}
