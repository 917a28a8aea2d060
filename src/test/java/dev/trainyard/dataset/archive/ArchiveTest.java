package dev.trainyard.dataset.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

  private static final ArchiveLimits LIMITS = new ArchiveLimits(100, 1000, 10_000);

  @TempDir Path folder;

  @Test
  void files_are_listed_and_read_by_name() throws IOException {
    byte[] zip = new TestZips().with("a/", "").with("a/ü 🌹.txt", "abc").with("b", "").zip();
    try (Archive archive = open(zip)) {
      assertThat(archive.entries())
          .containsExactly(new ArchiveEntry("a/ü 🌹.txt", 3), new ArchiveEntry("b", 0));
      assertThat(archive.read("a/ü 🌹.txt")).asString(StandardCharsets.UTF_8).isEqualTo("abc");
      assertThat(archive.read("b")).isEmpty();
      assertThatThrownBy(() -> archive.read("c")).hasMessage("is not in the archive");
    }
  }

  @Test
  void names_from_before_unicode_are_read() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes, Charset.forName("IBM437"))) {
      out.putNextEntry(new ZipEntry("rosé/1.jpg"));
      out.closeEntry();
    }
    try (Archive archive = open(bytes.toByteArray())) {
      assertThat(archive.entries().get(0).name()).isEqualTo("rosé/1.jpg");
    }
  }

  @Test
  void an_archive_that_is_cut_anywhere_is_refused() throws IOException {
    byte[] zip = new TestZips().with("a", "abc").with("b", "abc").zip();
    for (int length = 0; length < zip.length; length++) {
      byte[] cut = Arrays.copyOf(zip, length);
      assertThatThrownBy(() -> open(cut))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("ends too early");
    }
  }

  @Test
  void damaged_content_is_noticed_by_its_checksum() throws IOException {
    byte[] zip = new TestZips().with("a", "abcdefgh").zip();
    zip[30 + 1 + 3] ^= 1; // within the first entry's content
    try (Archive archive = open(zip)) {
      assertThatThrownBy(() -> archive.read("a"))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("is damaged in the archive");
    }
  }

  @Test
  void an_entry_that_unfolds_to_more_than_it_claims_is_not_read_on() throws IOException {
    byte[] zip = new TestZips().with("bomb", new byte[900]).zip();
    int directory = zip.length - 22 - 46 - 4;
    ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, 10);
    try (Archive archive = open(zip)) {
      assertThat(archive.entries().get(0).size()).isEqualTo(10);
      assertThatThrownBy(() -> archive.read("bomb")).hasMessageContaining("its length");
    }
  }

  @Test
  void a_zip_after_something_else_is_read_where_it_is() throws IOException {
    byte[] zip = new TestZips().with("a", "abc").with("b", "x".repeat(900)).zip();
    byte[] program = "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8);
    byte[] both = Arrays.copyOf(program, program.length + zip.length);
    System.arraycopy(zip, 0, both, program.length, zip.length);
    try (Archive archive = open(both)) {
      assertThat(archive.read("a")).asString(StandardCharsets.UTF_8).isEqualTo("abc");
      try (InputStream in = archive.open("b")) {
        assertThat(in.readAllBytes()).hasSize(900);
      }
    }
  }

  @Test
  void an_entry_whose_offset_leads_elsewhere_is_damaged() throws IOException {
    byte[] zip = new TestZips().with("a", "abc").zip();
    int directory = zip.length - 22 - 46 - 1;
    ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 42, 1);
    assertThatThrownBy(
            () -> {
              try (Archive archive = open(zip)) {
                archive.read("a");
              }
            })
        .isInstanceOf(ArchiveException.class);
  }

  @Test
  void limits_are_held_before_memory_is_spent() throws IOException {
    byte[] large = new TestZips().with("large", new byte[1001]).zip();
    try (Archive archive = open(large)) {
      assertThatThrownBy(() -> archive.read("large"))
          .hasMessage("has 1001 bytes; up to 1000 are taken (trainyard.dataset.max-image-size)");
    }
    TestZips many = new TestZips();
    for (int i = 0; i <= 100; i++) {
      many.with("f" + i, "");
    }
    assertThatThrownBy(() -> open(many.zip())).hasMessageContaining("has 101 entries");
    byte[] longNames = new TestZips().with("n".repeat(9990), "").zip();
    assertThatThrownBy(() -> open(longNames)).hasMessageContaining("table of contents has 10036");
  }

  @Test
  void entries_that_share_their_bytes_are_refused() throws IOException {
    byte[] zip = new TestZips().with("a", new byte[900]).with("b", new byte[900]).zip();
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int second = zip.length - 22 - 47;
    bytes.putInt(second + 42, 0); // of the first one
    bytes.putInt(second + 20, zip.length); // and of all that follows
    assertThatThrownBy(() -> open(zip)).hasMessageContaining("entries overlap");
  }

  @Test
  void an_archive_that_unfolds_to_too_much_is_refused_by_its_table_of_contents()
      throws IOException {
    TestZips content = new TestZips().with("a", new byte[700]).with("b", new byte[700]);
    ArchiveLimits total = new ArchiveLimits(100, 1000, 10_000, 1000, 20);
    assertThatThrownBy(() -> open(content.zip(), total))
        .hasMessageContaining("more than 1,000 bytes (trainyard.dataset.max-unpacked-size)");
    Path gz = Files.write(folder.resolve("gz"), content.tarGz());
    assertThatThrownBy(() -> new TarGz(total).unpack(gz, folder.resolve("tar")))
        .hasMessageContaining("more than 1,000 bytes (trainyard.dataset.max-unpacked-size)");
  }

  @Test
  void beyond_a_gigabyte_the_ratio_counts() {
    ArchiveLimits limits = new ArchiveLimits(1, 1, 1, 100L << 30, 20);
    assertThat(limits.unfolded(0)).isEqualTo(1L << 30);
    assertThat(limits.unfolded(1L << 30)).isEqualTo(20L << 30);
    assertThat(limits.unfolded(Long.MAX_VALUE)).isEqualTo(100L << 30);
    assertThatThrownBy(() -> limits.requireUnfolded("It", 21L << 30, 1L << 30))
        .hasMessageContaining(
            "more than 20 times its own size (trainyard.dataset.max-archive-ratio)");
  }

  @Test
  void an_entry_that_claims_more_than_deflate_can_make_costs_no_memory() throws IOException {
    byte[] zip = new TestZips().with("a", "abc").zip();
    int directory = zip.length - 22 - 46 - 1;
    ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, 1 << 29);
    try (Archive archive = open(zip, new ArchiveLimits(100, 1L << 30, 10_000))) {
      assertThatThrownBy(() -> archive.read("a")).hasMessageContaining("its length");
    }
  }

  @Test
  void a_zip_of_the_large_format_is_read() throws IOException {
    Path file = folder.resolve("many.zip");
    try (ZipOutputStream out =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (int i = 0; i < 70_000; i++) {
        out.putNextEntry(new ZipEntry("f" + i));
      }
    }
    assertThat(ZipDirectory.read(file).entries()).isEqualTo(70_000);
    assertThatThrownBy(() -> Archive.open(file, LIMITS)).hasMessageContaining("70000 entries");
    try (Archive archive = Archive.open(file, new ArchiveLimits(70_000, 10, Integer.MAX_VALUE))) {
      assertThat(archive.entries()).hasSize(70_000);
      assertThat(archive.read("f69999")).isEmpty();
    }
  }

  @Test
  void a_tar_gz_becomes_a_tar_that_is_read_without_its_links() throws IOException {
    TestZips content = new TestZips().with("daisy/1.jpg", "abc").with("x".repeat(300), "d");
    Path tar = Files.write(folder.resolve("tar"), content.tarGz());
    Path unpacked = folder.resolve("unpacked");
    new TarGz(LIMITS).unpack(tar, unpacked);
    try (Archive archive = Archive.open(unpacked, LIMITS)) {
      assertThat(archive.entries())
          .extracting(ArchiveEntry::name)
          .containsExactly("daisy/1.jpg", "x".repeat(300));
      assertThat(archive.read("daisy/1.jpg")).hasSize(3);
    }
  }

  @Test
  void a_tar_gz_that_is_cut_or_none_at_all_is_refused() throws IOException {
    byte[] tar = new TestZips().with("a", new byte[5000]).tarGz();
    for (int length : new int[] {5, 20, tar.length / 2, tar.length - 9}) {
      Path cut = Files.write(folder.resolve("cut" + length), Arrays.copyOf(tar, length));
      assertThatThrownBy(() -> new TarGz(LIMITS).unpack(cut, folder.resolve("tar" + length)))
          .as("%s of %s bytes", length, tar.length)
          .isInstanceOf(ArchiveException.class);
    }
  }

  private Archive open(byte[] zip) throws IOException {
    return open(zip, LIMITS);
  }

  private Archive open(byte[] zip, ArchiveLimits limits) throws IOException {
    return Archive.open(Files.write(folder.resolve("a.zip"), zip), limits);
  }
}
