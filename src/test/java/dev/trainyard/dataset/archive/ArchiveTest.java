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
          .hasMessage("has 1001 bytes; up to 1000 are taken");
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
  void a_tar_gz_becomes_a_zip_without_its_links() throws IOException {
    TestZips content = new TestZips().with("daisy/1.jpg", "abc").with("x".repeat(300), "d");
    Path tar = Files.write(folder.resolve("tar"), content.tarGz());
    Path zip = folder.resolve("zip");
    new TarGz(LIMITS).repack(tar, zip);
    try (Archive archive = Archive.open(zip, LIMITS)) {
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
      assertThatThrownBy(() -> new TarGz(LIMITS).repack(cut, folder.resolve("zip" + length)))
          .as("%s of %s bytes", length, tar.length)
          .isInstanceOf(ArchiveException.class);
    }
  }

  private Archive open(byte[] zip) throws IOException {
    return Archive.open(Files.write(folder.resolve("a.zip"), zip), LIMITS);
  }
}
