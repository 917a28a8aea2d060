package dev.trainyard.process;

import dev.trainyard.storage.Storage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Starts another main class of this program in a JVM of its own: from the same jars, which are
 * brought into the form that starts fastest, and with classes that were parsed and verified before,
 * once there is an archive of them. Whatever fails on the way costs only the speed.
 */
@Component
public class ChildJvm {

  private static final Logger LOG = LoggerFactory.getLogger(ChildJvm.class);

  private static final String LAUNCHER =
      "org.springframework.boot.loader.launch.PropertiesLauncher";

  private static final String ARCHIVE = "classes.jsa";

  /**
   * The optimizing compiler waits fifty times as long as by default: it would take the processor
   * from a child that starts, while what a child does for long is native code. What Java does for
   * long, such as to hash a checkpoint, reaches these figures at once.
   */
  private static final List<String> LATE_OPTIMIZER =
      List.of(
          "-XX:Tier4InvocationThreshold=250000",
          "-XX:Tier4MinInvocationThreshold=30000",
          "-XX:Tier4CompileThreshold=750000",
          "-XX:Tier4BackEdgeThreshold=2000000");

  private final List<Path> given;
  private final @Nullable ClassPathCache cache;
  private final @Nullable Storage storage;
  private final ChildJvmProperties properties;
  private @Nullable Prepared prepared;

  @Autowired
  ChildJvm(Storage storage, ChildJvmProperties properties) {
    this(System.getProperty("java.class.path"), storage.of("cache"), storage, properties);
  }

  /** Children run from the class path as it is. */
  public ChildJvm() {
    this(System.getProperty("java.class.path"), null);
  }

  /** Children run from copies in {@code cache}, a folder of this object's own. */
  public ChildJvm(Path cache) {
    this(System.getProperty("java.class.path"), cache);
  }

  ChildJvm(String classPath, @Nullable Path cache) {
    this(
        classPath,
        cache,
        null,
        new ChildJvmProperties(List.of(), List.of(), List.of(), DataSize.ofBytes(0), 0));
  }

  /**
   * @param classPath as the JVM was given it
   * @param storage where each child has a folder of its own; null for none
   */
  ChildJvm(
      String classPath,
      @Nullable Path cache,
      @Nullable Storage storage,
      ChildJvmProperties properties) {
    this.storage = storage;
    this.properties = properties;
    this.given =
        Arrays.stream(classPath.split(Pattern.quote(File.pathSeparator)))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry).toAbsolutePath()) // of any working directory
            .toList();
    this.cache = cache == null ? null : new ClassPathCache(cache);
  }

  /**
   * A child whose three streams are pipes.
   *
   * @param heap the Java heap's limit; native memory comes on top
   */
  public Child of(String mainClass, DataSize heap, List<String> arguments) {
    Path archive = prepared().archive();
    return archive != null && Files.exists(archive)
        ? of(mainClass, heap, arguments, List.of("-XX:SharedArchiveFile=" + archive))
        : of(mainClass, heap, arguments, List.of());
  }

  /**
   * A child that, when it ends by itself, leaves an archive of the classes that it has used; later
   * children then need not load them one by one.
   *
   * @return nothing when there is an archive already, or there can be none
   */
  public Optional<ArchivingChild> archiving(
      String mainClass, DataSize heap, List<String> arguments) {
    Path archive = prepared().archive();
    if (archive == null || Files.exists(archive)) {
      return Optional.empty();
    }
    Path part = archive.resolveSibling(".part-" + ARCHIVE);
    return Optional.of(
        new ArchivingChild(
            of(mainClass, heap, arguments, List.of("-XX:ArchiveClassesAtExit=" + part)),
            part,
            archive));
  }

  private Child of(String mainClass, DataSize heap, List<String> arguments, List<String> options) {
    Prepared prepared = prepared();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap.toMegabytes() + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-Xshare:auto"); // an archive that does not fit is passed over
    command.add("-Xlog:disable"); // the JVM's own words would go to standard output
    command.add("-Xlog:all=error:stderr");
    command.addAll(LATE_OPTIMIZER);
    command.addAll(options);
    Child.Own own =
        storage == null ? null : new Child.Own(storage, storage.newChildFolder().toAbsolutePath());
    if (own != null) {
      command.add("-Djava.io.tmpdir=" + own.folder());
      command.add(
          "-Duser.home=" + System.getProperty("user.home")); // TensorFlow's library is there
    }
    command.add("-Djava.awt.headless=true");
    command.add("-Dfile.encoding=UTF-8"); // JDK 17 takes it from the locale
    command.addAll(properties.options());
    if (prepared.executable()) {
      command.add("-Dloader.main=" + mainClass);
      command.add(LAUNCHER);
    } else {
      command.add(mainClass);
    }
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    ChildEnvironment.reduce(environment, properties.environment());
    if (own != null) {
      ChildEnvironment.own(environment, own.folder().toString());
    }
    environment.put(
        "CLASSPATH", prepared.classPath()); // as an argument it would hide the rest from ps
    environment.putIfAbsent("TF_CPP_MIN_LOG_LEVEL", "1"); // its informational chatter is no job log
    return new Child(builder, own, properties);
  }

  private synchronized Prepared prepared() {
    if (prepared == null) {
      prepared = prepare();
    }
    return prepared;
  }

  private Prepared prepare() {
    if (cache != null) {
      try {
        Path copies = cache.folder(given);
        return new Prepared(ClassPathCache.classPath(copies), false, copies.resolve(ARCHIVE));
      } catch (IOException | RuntimeException e) {
        LOG.warn(
            "Child processes start slowly: their class path cannot be copied: {}", e.toString());
      }
    }
    return new Prepared(
        given.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
        given.size() == 1 && PlainJars.isExecutable(given.get(0)),
        null);
  }

  /**
   * What children are started from.
   *
   * @param executable whether it is one jar that brings its own launcher
   * @param archive where the archive of classes is or may be made
   */
  private record Prepared(String classPath, boolean executable, @Nullable Path archive) {}

  /**
   * A child whose end leaves an archive.
   *
   * @param child is to be started
   */
  public record ArchivingChild(Child child, Path part, Path archive) {

    /** To be called when it has ended well: the next children use what it left. */
    public void keep() throws IOException {
      Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
