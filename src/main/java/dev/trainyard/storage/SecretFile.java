package dev.trainyard.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** A secret in a file of its own, which only its owner may read. */
public final class SecretFile {

  private static final String FOR_THE_OWNER = "rw-------";

  private SecretFile() {}

  /**
   * What is in the file.
   *
   * @param fresh what to write when it is not there; of several processes that do, one is first,
   *     and all get what that one wrote
   */
  public static String read(Path file, Supplier<String> fresh) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      make(file, fresh.get());
      return Files.readString(file);
    }
  }

  /** There whole or not at all, and never for a moment readable by others. */
  private static void make(Path file, String secret) throws IOException {
    Path parent = Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
    Path aside = parent.resolve("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      Set<StandardOpenOption> created =
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (FileChannel channel = FileChannel.open(aside, created, ownersOnly())) {
        channel.write(ByteBuffer.wrap(secret.getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
      Files.createLink(file, aside); // unlike a move, it never replaces what is there
    } catch (FileAlreadyExistsException e) {
      // Another process was faster.
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static FileAttribute<?>[] ownersOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FOR_THE_OWNER))
        }
        : new FileAttribute<?>[0];
  }
}
