package dev.trainyard;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The one token of all services under test, so that any client has it. */
public final class TestToken {

  public static final String VALUE = "ty_0service_7e577e577e577e577e577e577e577e577e577e57";

  public static final Path FILE = file();

  /** Of the header Authorization. */
  public static final String BEARER = "Bearer " + VALUE;

  private TestToken() {}

  private static Path file() {
    try {
      return Path.of(Objects.requireNonNull(TestToken.class.getResource("/token")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
