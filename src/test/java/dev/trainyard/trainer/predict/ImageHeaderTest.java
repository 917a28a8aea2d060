package dev.trainyard.trainer.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.TinyImages;
import dev.trainyard.model.tensor.Strings;
import dev.trainyard.trainer.protocol.TensorData;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageHeaderTest {

  private static final byte[] SCAN = {-1, (byte) 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0};

  @Test
  void a_jpeg_of_more_scans_than_any_camera_makes_is_not_decoded() {
    assertThat(ImageHeader.problem(image(99))).isEmpty();
    assertThat(ImageHeader.problem(image(100)))
        .hasValue("the image is a JPEG of more than 100 scans");
  }

  private static List<TensorData> image(int furtherScans) {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    jpeg.writeBytes(TinyImages.jpeg(1, 1));
    for (int i = 0; i < furtherScans; i++) {
      jpeg.writeBytes(SCAN);
    }
    return List.of(Strings.tensor("image_bytes", List.of(jpeg.toByteArray())));
  }
}
