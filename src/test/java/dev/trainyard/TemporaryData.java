package dev.trainyard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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

  /** What is half-written in a service's data folder now; folders of its children are not. */
  public static List<Path> halfWritten(Path data) {
    Path temporary = data.resolve("tmp");
    try (Stream<Path> all = Files.walk(temporary, 2)) {
      return all.filter(path -> temporary.relativize(path).getNameCount() == 2)
          .filter(path -> !path.getFileName().toString().startsWith("child-"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TemporaryData() {}
}
