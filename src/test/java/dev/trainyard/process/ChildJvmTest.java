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
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
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
  void the_operators_options_come_after_ours() {
    List<String> command =
        new ChildJvm(
                System.getProperty("java.class.path"),
                null,
                null,
                new ChildJvmProperties(
                    List.of("-Xmx64m", "-Da=b"), List.of(), List.of(), DataSize.ofBytes(0), 0))
            .of(PROGRAM, DataSize.ofMegabytes(48), List.of("one"))
            .builder()
            .command();
    assertThat(command).containsSequence("-Xmx64m", "-Da=b", PROGRAM, "one");
    assertThat(command.indexOf("-Xmx48m")).isPositive().isLessThan(command.indexOf("-Xmx64m"));
  }

  @Test
  void a_child_runs_from_an_executable_jar() throws Exception {
    Path jar = executableJar();

    List<String> said =
        run(
            new ChildJvm(jar.toString(), null)
                .of(PROGRAM, DataSize.ofMegabytes(48), List.of("one")));

    assertThat(said).contains("arguments one", "loader LaunchedClassLoader", "over the pipe");
  }

  @Test
  void a_relative_class_path_holds_in_another_working_directory() throws Exception {
    Path jar = executableJar();
    String relative = Path.of("").toAbsolutePath().relativize(jar).toString();
    Child child =
        new ChildJvm(relative, null).of(PROGRAM, DataSize.ofMegabytes(48), List.of("two"));
    child.builder().directory(folder.toFile());

    assertThat(run(child)).contains("arguments two", "folder " + folder);
  }

  @Test
  void a_jar_beside_others_on_a_class_path_is_no_executable_jar() throws Exception {
    Path jar = executableJar();
    String classPath = Path.of(location(ChildProgram.class)) + File.pathSeparator + jar;

    List<String> said =
        run(new ChildJvm(classPath, null).of(PROGRAM, DataSize.ofMegabytes(48), List.of()));

    assertThat(said).contains("loader AppClassLoader");
  }

  @Test
  void a_child_sees_no_secret_of_the_service() throws Exception {
    Child service =
        new ChildJvm().of(PROGRAM, DataSize.ofMegabytes(48), List.of(ChildProgram.NAME_INHERITED));
    service.builder().environment().put("SPRING_DATASOURCE_PASSWORD", "secret");
    service.builder().environment().put("MY_TF_TOKEN", "secret");
    service.builder().environment().put("TF_TOKEN_host", "secret"); // these are Terraform's
    service.builder().environment().put("TF_VAR_name", "secret");
    service.builder().environment().put("OMP_NUM_THREADS", "2");

    assertThat(run(service))
        .contains("inherited OMP_NUM_THREADS", "inherited TF_CPP_MIN_LOG_LEVEL")
        .doesNotContain("inherited SPRING_DATASOURCE_PASSWORD", "inherited MY_TF_TOKEN")
        .doesNotContain("inherited TF_TOKEN_host", "inherited TF_VAR_name", "inherited HOME");
  }

  @Test
  void out_of_an_executable_jar_a_child_runs_from_plain_copies_that_only_the_owner_reads()
      throws Exception {
    Path cache = folder.resolve("cache");
    ChildJvm jvm = new ChildJvm(executableJar().toString(), cache);

    List<String> said = run(jvm.of(PROGRAM, DataSize.ofMegabytes(48), List.of("three")));

    assertThat(said).contains("arguments three", "loader AppClassLoader", "over the pipe");
    assertThat(Files.getPosixFilePermissions(cache))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(copies(cache)).hasSize(1);
    assertThat(copies(cache).get(0).resolve("application.jar")).exists();
  }

  @Test
  void another_jar_gets_other_copies_and_the_old_ones_go() throws Exception {
    Path cache = folder.resolve("cache");
    Path jar = executableJar();
    run(new ChildJvm(jar.toString(), cache).of(PROGRAM, DataSize.ofMegabytes(48), List.of()));
    Path first = copies(cache).get(0);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));

    run(new ChildJvm(jar.toString(), cache).of(PROGRAM, DataSize.ofMegabytes(48), List.of()));

    assertThat(copies(cache)).hasSize(1).doesNotContain(first);
  }

  @Test
  void copies_that_are_not_whole_are_made_again() throws Exception {
    Path cache = folder.resolve("cache");
    String jar = executableJar().toString();
    run(new ChildJvm(jar, cache).of(PROGRAM, DataSize.ofMegabytes(48), List.of()));
    Files.write(copies(cache).get(0).resolve("application.jar"), new byte[] {1});

    assertThat(run(new ChildJvm(jar, cache).of(PROGRAM, DataSize.ofMegabytes(48), List.of("4"))))
        .contains("arguments 4", "loader AppClassLoader");
  }

  @Test
  void without_a_folder_for_copies_a_child_runs_from_the_jar_itself() throws Exception {
    Path file = Files.createFile(folder.resolve("no-folder"));
    ChildJvm jvm = new ChildJvm(executableJar().toString(), file.resolve("cache"));

    assertThat(run(jvm.of(PROGRAM, DataSize.ofMegabytes(48), List.of())))
        .contains("loader LaunchedClassLoader");
  }

  @Test
  void folders_of_classes_become_jars_and_jars_of_the_service_are_left_out() throws Exception {
    ChildJvm jvm = new ChildJvm(folder.resolve("cache"));

    Child child = jvm.of(PROGRAM, DataSize.ofMegabytes(48), List.of("six"));

    assertThat(run(child)).contains("arguments six", "over the pipe");
    assertThat(child.builder().environment().get("CLASSPATH").split(File.pathSeparator))
        .allSatisfy(entry -> assertThat(Path.of(entry)).isRegularFile())
        .noneMatch(entry -> entry.contains("spring-webmvc") || entry.contains("hibernate-core"))
        .anyMatch(entry -> entry.contains("tensorflow-core-api"))
        .anyMatch(entry -> entry.contains("jackson-databind"));
  }

  @Test
  void classes_that_a_child_has_used_are_archived_for_the_next() throws Exception {
    ChildJvm jvm = new ChildJvm(executableJar().toString(), folder.resolve("cache"));
    ChildJvm.ArchivingChild archiving =
        jvm.archiving(PROGRAM, DataSize.ofMegabytes(48), List.of()).orElseThrow();
    run(archiving.child());
    archiving.keep();

    assertThat(jvm.archiving(PROGRAM, DataSize.ofMegabytes(48), List.of())).isEmpty();
    Child next = jvm.of(PROGRAM, DataSize.ofMegabytes(48), List.of("five"));
    next.builder().command().add(1, "-Xlog:class+load:file=" + folder.resolve("loaded"));
    next.builder().command().remove("-Xlog:disable"); // it would undo the line above
    assertThat(run(next)).contains("arguments five");
    assertThat(Files.readString(folder.resolve("loaded")))
        .contains(PROGRAM + " source: shared objects file (top)");
  }

  @Test
  void a_damaged_archive_is_passed_over() throws Exception {
    Path cache = folder.resolve("cache");
    ChildJvm jvm = new ChildJvm(executableJar().toString(), cache);
    run(jvm.of(PROGRAM, DataSize.ofMegabytes(48), List.of()));
    Files.write(copies(cache).get(0).resolve("classes.jsa"), new byte[5000]);

    assertThat(run(jvm.of(PROGRAM, DataSize.ofMegabytes(48), List.of("seven"))))
        .as("nor does the JVM complain on standard output")
        .first()
        .isEqualTo("arguments seven");
  }

  private static List<Path> copies(Path cache) throws IOException {
    try (Stream<Path> folders = Files.list(cache)) {
      return folders.toList();
    }
  }

  private static List<String> run(Child child) throws Exception {
    child.builder().redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = child.start();
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
