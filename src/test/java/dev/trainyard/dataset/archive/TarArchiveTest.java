package dev.trainyard.dataset.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarArchiveTest {

  private static final ArchiveLimits LIMITS = new ArchiveLimits(100, 1000, 20_000);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.LONGFILE_GNU})
  void files_are_read_where_they_are_and_links_left_out(int longNames) throws IOException {
    String longName = "rose/" + "ü".repeat(200) + ".jpg";
    byte[] tar =
        new TestZips().with("daisy/1.jpg", "abc").with(longName, "d").with("e", "").tar(longNames);
    try (Archive archive = open(tar)) {
      assertThat(archive.entries())
          .containsExactly(
              new ArchiveEntry("daisy/1.jpg", 3),
              new ArchiveEntry(longName, 1),
              new ArchiveEntry("e", 0));
      assertThat(archive.read("daisy/1.jpg")).asString(StandardCharsets.UTF_8).isEqualTo("abc");
      try (InputStream in = archive.open(longName)) {
        assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("d");
      }
      assertThatThrownBy(() -> archive.read("none")).hasMessage("is not in the archive");
    }
  }

  @Test
  void a_tar_that_is_cut_anywhere_is_refused() throws IOException {
    byte[] tar = tar(new TestZips().with("a", new byte[700]).with("b", "abc"));
    int end = 512 + 1024 + 512 + 512 + 512; // two files with their headers, and a link's
    for (int length = 512; length < end + 512; length += 128) {
      byte[] cut = Arrays.copyOf(tar, length);
      assertThatThrownBy(() -> open(cut))
          .as("%s bytes", length)
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("ends too early");
    }
    open(Arrays.copyOf(tar, end + 512)).close();
  }

  @Test
  void an_entry_that_claims_more_than_there_is_costs_nothing() throws IOException {
    byte[] tar = tar(new TestZips().with("a", "abc"));
    claim(tar, 10L << 30);
    assertThatThrownBy(() -> open(tar)).hasMessageContaining("ends too early");
  }

  @Test
  void a_header_that_was_damaged_is_noticed() throws IOException {
    byte[] tar = tar(new TestZips().with("a", "abc").with("b", "abc"));
    tar[1024 + 3] ^= 1;
    assertThatThrownBy(() -> open(tar)).hasMessageContaining("checksum does not fit");
  }

  @Test
  void limits_are_held_before_memory_is_spent() throws IOException {
    try (Archive archive = open(tar(new TestZips().with("large", new byte[1001])))) {
      assertThatThrownBy(() -> archive.read("large"))
          .hasMessage("has 1001 bytes; up to 1000 are taken (trainyard.dataset.max-image-size)");
    }
    TestZips many = new TestZips();
    for (int i = 0; i <= 100; i++) {
      many.with("f" + i, "");
    }
    assertThatThrownBy(() -> open(tar(many))).hasMessageContaining("has 101 entries");
    byte[] huge = new TestZips().with("n".repeat(200), "").tar(TarArchiveOutputStream.LONGFILE_GNU);
    claim(huge, 70_000);
    assertThatThrownBy(() -> open(huge)).hasMessageContaining("no name is that long");
  }

  private static byte[] tar(TestZips content) throws IOException {
    return content.tar(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  private static void claim(byte[] tar, long size) {
    byte[] digits = "%011o".formatted(size).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, tar, 124, 11);
    Arrays.fill(tar, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += tar[i] & 0xFF;
    }
    byte[] checksum = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(checksum, 0, tar, 148, 8);
  }

  private Archive open(byte[] tar) throws IOException {
    return Archive.open(Files.write(folder.resolve("a.tar"), tar), LIMITS);
  }
}
