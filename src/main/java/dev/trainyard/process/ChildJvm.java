package dev.trainyard.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Starts another main class of this program in a JVM of its own: from the same executable jar, or,
 * where it runs unpacked (a build tool, tests, an extracted jar), from the same class path.
 */
@Component
public class ChildJvm {

  private static final String LAUNCHER =
      "org.springframework.boot.loader.launch.PropertiesLauncher";

  /** What a child may see of the environment: no credential of the service is among it. */
  private static final Pattern INHERITED =
      Pattern.compile(
          "PATH|HOME|USER|LANG|LC_.*|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|LD_LIBRARY_PATH|TF_.*|OMP_.*|CUDA_.*|XLA_.*|TPU_.*",
          Pattern.CASE_INSENSITIVE); // Windows writes Path and SystemRoot

  private final String classPath;

  public ChildJvm() {
    this(System.getProperty("java.class.path"));
  }

  /**
   * @param classPath as the JVM was given it
   */
  ChildJvm(String classPath) {
    this.classPath =
        Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator)))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry).toAbsolutePath().toString()) // of any working directory
            .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * A process builder whose three streams are pipes; the caller starts, reads and ends it.
   *
   * @param heap the Java heap's limit; native memory comes on top
   */
  public ProcessBuilder of(String mainClass, DataSize heap, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap.toMegabytes() + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-Xshare:auto");
    command.add("-Djava.awt.headless=true");
    command.add("-Dfile.encoding=UTF-8"); // JDK 17 takes it from the locale
    if (isExecutableJar(classPath)) {
      command.add("-Dloader.main=" + mainClass);
      command.add(LAUNCHER);
    } else {
      command.add(mainClass);
    }
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> !INHERITED.matcher(name).matches());
    environment.put("CLASSPATH", classPath); // as an argument it would hide the rest from ps
    environment.putIfAbsent("TF_CPP_MIN_LOG_LEVEL", "1"); // its informational chatter is no job log
    return builder;
  }

  private static boolean isExecutableJar(String classPath) {
    if (classPath.contains(File.pathSeparator) || !Files.isRegularFile(Path.of(classPath))) {
      return false;
    }
    try (JarFile jar = new JarFile(classPath)) {
      return jar.getEntry("BOOT-INF/classes/") != null;
    } catch (IOException e) {
      return false;
    }
  }
}
