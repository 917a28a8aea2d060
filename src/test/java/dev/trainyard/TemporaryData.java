package dev.trainyard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Data folders of services under test: there before the service is, gone with the test JVM. */
public final class TemporaryData {

  public static Path folder() {
    try {
      Path folder = Files.createTempDirectory("trainyard-test");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TemporaryData() {}
}
