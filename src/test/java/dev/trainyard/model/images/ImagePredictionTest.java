package dev.trainyard.model.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.model.ModelServiceTest;
import dev.trainyard.model.predict.PredictorProgram;
import dev.trainyard.spec.SpecJson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("h2")
class ImagePredictionTest extends ModelServiceTest {

  private static final String PREDICT = "/api/v1/models/pictured/predict";

  @BeforeEach
  void one_model() throws Exception {
    if (get("/api/v1/models/pictured").statusCode() == 404) {
      publish("pictured");
    }
  }

  @Test
  void each_file_gets_its_best_classes_and_a_bad_one_its_error() throws Exception {
    HttpResponse<byte[]> response =
        files(PREDICT + "?topK=1&version=1", "\4", PredictorProgram.NO_IMAGE, "\1");

    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    assertThat(text(response))
        .isEqualTo(
            """
            {"model":"pictured","version":1,"predictions":[\
            {"file":"0.jpg","classes":[{"label":"tulips","probability":1.0}]},\
            {"file":"1.jpg","error":"is not a JPEG or PNG image"},\
            {"file":"2.jpg","classes":[{"label":"dandelion","probability":1.0}]}]}""");
  }

  @Test
  void when_all_are_bad_the_request_is() throws Exception {
    HttpResponse<byte[]> response =
        files(PREDICT, PredictorProgram.NO_IMAGE, PredictorProgram.NO_IMAGE);

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(SpecJson.MAPPER.readTree(text(response)).at("/errors/1/field").asString())
        .isEqualTo("image[1] (1.jpg)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/jpeg", "image/png", "application/octet-stream"})
  void the_body_may_be_the_image(String type) throws Exception {
    HttpResponse<byte[]> response =
        bytes(
            request(PREDICT)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {2})));

    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    assertThat(text(response)).contains("{\"label\":\"roses\",\"probability\":1.0}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"topK=0", "topK=many"})
  void parameters_are_checked(String parameters) throws Exception {
    HttpResponse<byte[]> response = files(PREDICT + "?" + parameters, "\1");

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(text(response)).contains("topK");
  }

  @Test
  void who_is_not_there_is_not_found() throws Exception {
    assertThat(files("/api/v1/models/nobody/predict", "\1").statusCode()).isEqualTo(404);
    assertThat(files(PREDICT + "?version=nobody", "\1").statusCode()).isEqualTo(404);
  }

  @Test
  void a_request_without_an_image_is_refused() throws Exception {
    HttpResponse<byte[]> response = files(PREDICT);

    assertThat(response.statusCode()).as(text(response)).isEqualTo(422);
    assertThat(text(response)).contains("image");
  }

  @Test
  void more_than_may_be_held_is_refused_at_once() throws Exception {
    HttpResponse<byte[]> response = files(PREDICT, "x".repeat(1 << 20));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(text(response)).contains("/problems/upload-too-large");
  }

  private HttpResponse<byte[]> files(String path, String... contents) throws Exception {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < contents.length; i++) {
      body.append("--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"")
          .append(i)
          .append(".jpg\"\r\n\r\n")
          .append(contents[i])
          .append("\r\n");
    }
    return bytes(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    body + "--b--\r\n", StandardCharsets.ISO_8859_1)));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
