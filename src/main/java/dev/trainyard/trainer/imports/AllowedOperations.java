package dev.trainyard.trainer.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The operations that an imported graph may have; the resource file says by what measure. */
final class AllowedOperations {

  private static final String FILE = "allowed-operations.txt";

  private AllowedOperations() {}

  static Set<String> read() {
    try (InputStream file =
        Objects.requireNonNull(AllowedOperations.class.getResourceAsStream(FILE), FILE)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Arrays.stream(line.split(" ")))
          .filter(name -> !name.isBlank())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
