package dev.trainyard.dataset.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

  /** Values that the hash's other implementations give. */
  @ParameterizedTest
  @CsvSource({
    "'', 0, 0",
    "hello, cbd8a7b341bd9b02, 5b1e906a48ae1d19",
    "The quick brown fox jumps over the lazy dog, e34bbc7bbc071b6c, 7a433ca9c49a9347"
  })
  void it_is_the_published_hash(String text, String high, String low) {
    assertThat(Fingerprint.of(text.getBytes(StandardCharsets.UTF_8), 0))
        .isEqualTo(
            new Fingerprint(Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16)));
  }
}
