package dev.trainyard.process;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes plain jars of what a class path may have besides. Nothing is compressed: it is read often.
 */
final class PlainJars {

  private static final String CLASSES = "BOOT-INF/classes/";
  private static final String LIBRARIES = "BOOT-INF/lib/";

  private PlainJars() {}

  /** Whether it is an executable jar, with other jars in it, as Spring Boot packs it. */
  static boolean isExecutable(Path entry) {
    if (!Files.isRegularFile(entry)) {
      return false;
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      return jar.getEntry(CLASSES) != null;
    } catch (IOException e) {
      return false;
    }
  }

  /** Packs a folder of classes. */
  static Path pack(Path folder, Path jar) throws IOException {
    try (ZipOutputStream out = uncompressed(jar);
        Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        out.putNextEntry(new ZipEntry(name));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  /**
   * Takes an executable jar apart: its classes, packed, then its libraries in their order.
   *
   * @throws IOException also when a library's checksum is not what the jar says
   */
  static List<Path> unpack(Path executable, Path into, Predicate<Path> wanted) throws IOException {
    List<Path> jars = new ArrayList<>();
    Path application = into.resolve("application.jar");
    jars.add(application);
    try (JarFile jar = new JarFile(executable.toFile());
        ZipOutputStream classes = uncompressed(application)) {
      for (JarEntry entry : jar.stream().filter(it -> !it.isDirectory()).toList()) {
        String name = entry.getName();
        if (name.startsWith(CLASSES)) {
          classes.putNextEntry(new ZipEntry(name.substring(CLASSES.length())));
          try (InputStream in = jar.getInputStream(entry)) {
            in.transferTo(classes);
          }
        } else if (name.startsWith(LIBRARIES)) {
          Path library = into.resolve(name.substring(name.lastIndexOf('/') + 1));
          if (wanted.test(library)) {
            copy(jar, entry, library);
            jars.add(library);
          }
        }
      }
    }
    return jars;
  }

  private static void copy(JarFile jar, JarEntry entry, Path to) throws IOException {
    try (CheckedInputStream in = new CheckedInputStream(jar.getInputStream(entry), new CRC32())) {
      Files.copy(in, to);
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw new IOException(entry.getName() + " in " + jar.getName() + " is damaged");
      }
    }
  }

  private static ZipOutputStream uncompressed(Path jar) throws IOException {
    ZipOutputStream out =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar), 1 << 16));
    out.setLevel(Deflater.NO_COMPRESSION);
    return out;
  }
}
