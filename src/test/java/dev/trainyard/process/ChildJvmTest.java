package dev.trainyard.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.PropertiesLauncher;
import org.springframework.util.unit.DataSize;

class ChildJvmTest {

  private static final String PROGRAM = ChildProgram.class.getName();
  private static final String RESOURCE = PROGRAM.replace('.', '/') + ".class";

  @TempDir private Path folder;

  @Test
  void a_child_runs_from_the_same_class_path_and_talks_over_its_pipes() throws Exception {
    List<String> said =
        run(new ChildJvm().of(PROGRAM, DataSize.ofMegabytes(48), List.of("a b", "ü")));

    assertThat(said)
        .contains("arguments a b ü", "encoding UTF-8", "loader AppClassLoader", "over the pipe");
    assertThat(said).anyMatch(line -> line.matches("heap 4\\d"));
  }

  @Test
  void a_child_runs_from_an_executable_jar() throws Exception {
    Path jar = executableJar();

    List<String> said =
        run(new ChildJvm(jar.toString()).of(PROGRAM, DataSize.ofMegabytes(48), List.of("one")));

    assertThat(said).contains("arguments one", "loader LaunchedClassLoader", "over the pipe");
  }

  @Test
  void a_relative_class_path_holds_in_another_working_directory() throws Exception {
    Path jar = executableJar();
    String relative = Path.of("").toAbsolutePath().relativize(jar).toString();
    ProcessBuilder child =
        new ChildJvm(relative).of(PROGRAM, DataSize.ofMegabytes(48), List.of("two"));
    child.directory(folder.toFile());

    assertThat(run(child)).contains("arguments two", "folder " + folder);
  }

  @Test
  void a_jar_beside_others_on_a_class_path_is_no_executable_jar() throws Exception {
    Path jar = executableJar();
    String classPath = Path.of(location(ChildProgram.class)) + File.pathSeparator + jar;

    List<String> said =
        run(new ChildJvm(classPath).of(PROGRAM, DataSize.ofMegabytes(48), List.of()));

    assertThat(said).contains("loader AppClassLoader");
  }

  @Test
  void a_child_sees_no_secret_of_the_service() throws Exception {
    ProcessBuilder service =
        new ChildJvm().of(PROGRAM, DataSize.ofMegabytes(48), List.of(ChildProgram.NAME_INHERITED));
    service.environment().put("SPRING_DATASOURCE_PASSWORD", "secret");
    service.environment().put("MY_TF_TOKEN", "secret");
    service.environment().put("OMP_NUM_THREADS", "2");

    assertThat(run(service))
        .contains("inherited OMP_NUM_THREADS", "inherited TF_CPP_MIN_LOG_LEVEL")
        .doesNotContain("inherited SPRING_DATASOURCE_PASSWORD", "inherited MY_TF_TOKEN");
  }

  private static List<String> run(ProcessBuilder builder) throws Exception {
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write("over the pipe\n".getBytes(StandardCharsets.UTF_8));
    }
    List<String> said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).isZero();
    return said;
  }

  /** As Spring Boot's plugin packs it: its loader unpacked, our classes below BOOT-INF. */
  private Path executableJar() throws IOException {
    Path jar = folder.resolve("app.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(Attributes.Name.MAIN_CLASS, PropertiesLauncher.class.getName());
    manifest.getMainAttributes().putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
    manifest.getMainAttributes().putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        JarFile loader = new JarFile(Path.of(location(PropertiesLauncher.class)).toFile());
        InputStream program = ChildProgram.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      for (JarEntry entry :
          loader.stream().filter(it -> it.getName().endsWith(".class")).toList()) {
        out.putNextEntry(new JarEntry(entry.getName()));
        loader.getInputStream(entry).transferTo(out);
      }
      out.putNextEntry(new JarEntry("BOOT-INF/classes/"));
      out.putNextEntry(new JarEntry("BOOT-INF/lib/"));
      out.putNextEntry(new JarEntry("BOOT-INF/classes/" + RESOURCE));
      program.transferTo(out);
    }
    return jar;
  }

  private static URI location(Class<?> type) {
    try {
      return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
