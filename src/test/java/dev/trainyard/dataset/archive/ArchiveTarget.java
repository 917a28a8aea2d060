package dev.trainyard.dataset.archive;

import dev.trainyard.fuzz.FuzzTarget;
import dev.trainyard.fuzz.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Opens a zip, a tar or a tar.gz and reads everything that is in it, both ways. */
public final class ArchiveTarget implements FuzzTarget {

  private static final ArchiveLimits LIMITS =
      new ArchiveLimits(1000, 1 << 20, 1 << 20, 1 << 22, 20);
  private static final int BLOCK = TarHeader.SIZE;

  private final Scratch scratch = new Scratch();

  @Override
  public void take(byte[] bytes) throws Exception {
    Path file = scratch.write("archive", withChecksums(bytes));
    try (Archive archive = open(file)) {
      long total = 0;
      for (ArchiveEntry entry : archive.entries()) {
        EntryNames.isClutter(EntryNames.normal(entry.name()));
        total += read(archive, entry.name());
      }
      if (total > LIMITS.maxTotalBytes()) {
        throw new AssertionError(total + " bytes were read");
      }
    } catch (ArchiveException refused) {
      // As it should be.
    }
    scratch.requireContained();
    scratch.empty();
  }

  private Archive open(Path file) throws IOException {
    byte[] start = Archive.start(file);
    if (start.length > 1 && start[0] == 0x1f && start[1] == (byte) 0x8b) {
      Path tar = scratch.folder().resolve("tar");
      new TarGz(LIMITS).unpack(file, tar);
      return Archive.open(tar, LIMITS);
    }
    return Archive.open(file, LIMITS);
  }

  private static long read(Archive archive, String name) throws IOException {
    try {
      archive.read(name);
    } catch (ArchiveException damaged) {
      // The other ones are still good.
    }
    try (InputStream in = archive.open(name)) {
      return in.transferTo(OutputStream.nullOutputStream());
    } catch (ArchiveException damaged) {
      return 0; // likewise
    }
  }

  /** A tar's, so that a changed header does not end all. */
  private static byte[] withChecksums(byte[] bytes) {
    byte[] tar = bytes.clone();
    for (int at = 0; at + BLOCK <= tar.length; at += BLOCK) {
      if (new String(tar, at + 257, 5, StandardCharsets.ISO_8859_1).equals("ustar")) {
        int sum = 8 * ' ';
        for (int i = 0; i < BLOCK; i++) {
          sum += i >= 148 && i < 156 ? 0 : tar[at + i] & 0xFF;
        }
        byte[] digits = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, tar, at + 148, digits.length);
      }
    }
    return tar;
  }
}
