package dev.trainyard.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A class path of plain jars for children, whatever the service itself was started from: out of an
 * executable jar a child starts at half the speed, because its classes come from jars in a jar, and
 * a JVM can only share classes of plain jars. So an executable jar is unpacked once, a folder of
 * classes is packed once, and jars that only the service needs are left out.
 *
 * <p>The copies are in a folder named by what they are copies of, so that anything new gets another
 * one. It appears by rename, complete and checked; older ones are deleted. Only the owner may read
 * it: what is in it is run.
 */
final class ClassPathCache {

  /** Of the service alone: trainers and predictors know neither Spring nor HTTP nor database. */
  private static final Pattern SERVICE_ONLY =
      Pattern.compile(
          "(spring-|hibernate-|tomcat-|h2-|postgresql-|flyway-|HikariCP-|byte-buddy|swagger-|springdoc-|therapi-"
              + "|micrometer-|prometheus-|aspectj|antlr4|thymeleaf|jboss-logging|classgraph"
              + "|snakeyaml|logback-|log4j-|commons-compress|jakarta\\.(persistence|transaction))"
              + ".*\\.jar");

  private static final String PART = ".part-";
  private static final String INDEX = "index";

  private final Path root;

  /**
   * @param root the caches' folder, which is this object's alone
   */
  ClassPathCache(Path root) {
    this.root = root;
  }

  /** The folder with the copies of {@code classPath}, made if it is not there or not whole. */
  Path folder(List<Path> classPath) throws IOException {
    Path folder = root.resolve(key(classPath));
    createOwnerOnly(root);
    boolean whole = isWhole(folder);
    try (Stream<Path> old = Files.list(root)) {
      for (Path other : old.filter(it -> !whole || !it.equals(folder)).toList()) {
        FileSystemUtils.deleteRecursively(other);
      }
    }
    if (!whole) {
      Path part = createOwnerOnly(root.resolve(PART + folder.getFileName()));
      Files.write(part.resolve(INDEX), copy(classPath, part));
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    return folder;
  }

  /** The class path that {@code folder} stands for. */
  static String classPath(Path folder) throws IOException {
    return index(folder).stream()
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Lines {@code size name} in the order of the class path; an absolute name is no copy. */
  private static List<String> copy(List<Path> classPath, Path into) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (Path entry : classPath) {
      if (Files.isDirectory(entry)) {
        jars.add(PlainJars.pack(entry, into.resolve("classes-" + jars.size() + ".jar")));
      } else if (PlainJars.isExecutable(entry)) {
        jars.addAll(PlainJars.unpack(entry, into, ClassPathCache::isForChildren));
      } else if (Files.exists(entry) && isForChildren(entry)) {
        jars.add(entry);
      }
    }
    List<String> index = new ArrayList<>();
    for (Path jar : jars) {
      Path name = jar.startsWith(into) ? into.relativize(jar) : jar;
      index.add(Files.size(jar) + " " + name);
    }
    return index;
  }

  private static boolean isForChildren(Path jar) {
    return !SERVICE_ONLY.matcher(jar.getFileName().toString()).matches();
  }

  private static boolean isWhole(Path folder) {
    try {
      return !index(folder).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @throws IOException when a jar is missing or has another size
   */
  private static List<Path> index(Path folder) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(INDEX))) {
      String[] sizeAndName = line.split(" ", 2);
      Path jar = folder.resolve(sizeAndName[1]);
      if (Files.size(jar) != Long.parseLong(sizeAndName[0])) {
        throw new IOException(jar + " has changed");
      }
      jars.add(jar);
    }
    return jars;
  }

  /** Of the JVM, and of each file's path, size and time. */
  private static String key(List<Path> classPath) throws IOException {
    StringBuilder what = new StringBuilder(System.getProperty("java.vm.version", ""));
    for (Path entry : classPath) {
      if (Files.exists(entry)) {
        try (Stream<Path> files = Files.walk(entry)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            what.append('\n').append(file).append(' ').append(Files.size(file));
            what.append(' ').append(Files.getLastModifiedTime(file).toMillis());
          }
        }
      }
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(what.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has it", e);
    }
  }

  private static Path createOwnerOnly(Path folder) throws IOException {
    FileAttribute<?>[] ownerOnly =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];
    return Files.createDirectories(folder, ownerOnly);
  }
}
