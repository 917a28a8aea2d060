package dev.trainyard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowerArchiveTest {

  @TempDir Path folder;

  @Test
  void the_zip_holds_a_folder_of_jpegs_for_each_kind() throws IOException {
    try (ZipFile zip = new ZipFile(written("a.zip", 1).toFile())) {
      Set<String> names = new TreeSet<>();
      zip.stream().map(ZipEntry::getName).forEach(names::add);
      assertThat(names)
          .containsExactly(
              "daisy/daisy-0000.jpg",
              "daisy/daisy-0001.jpg",
              "dandelion/dandelion-0000.jpg",
              "dandelion/dandelion-0001.jpg",
              "roses/roses-0000.jpg",
              "roses/roses-0001.jpg",
              "sunflowers/sunflowers-0000.jpg",
              "sunflowers/sunflowers-0001.jpg",
              "tulips/tulips-0000.jpg",
              "tulips/tulips-0001.jpg");
      for (String name : names) {
        BufferedImage picture = ImageIO.read(zip.getInputStream(zip.getEntry(name)));
        assertThat(picture.getColorModel().getNumComponents()).as(name).isEqualTo(3);
        assertThat(picture.getWidth()).as(name).isBetween(160, 200);
      }
    }
  }

  @Test
  void the_same_seed_writes_the_same_bytes() throws IOException {
    assertThat(written("a.zip", 5)).hasSameBinaryContentAs(written("b.zip", 5));
    assertThat(Files.mismatch(written("a.zip", 5), written("c.zip", 6))).isNotEqualTo(-1);
  }

  private Path written(String name, long seed) throws IOException {
    Path zip = folder.resolve(name);
    new FlowerArchive(seed, 2).write(zip);
    return zip;
  }
}
