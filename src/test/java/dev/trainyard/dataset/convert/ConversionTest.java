package dev.trainyard.dataset.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.dataset.archive.ArchiveLimits;
import dev.trainyard.dataset.archive.TestZips;
import dev.trainyard.dataset.image.ImageIntake;
import dev.trainyard.dataset.image.TestImages;
import dev.trainyard.dataset.listing.LayoutRequest;
import dev.trainyard.tfrecord.ImageExample;
import dev.trainyard.tfrecord.TfRecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversionTest {

  private static final ArchiveLimits LIMITS = new ArchiveLimits(10_000, 1 << 24, 1 << 24);

  private final ImageWorkers workers = new ImageWorkers(4, 1 << 20, new ImageIntake(1_000_000));

  @TempDir Path folder;

  private int runs;

  @AfterEach
  void stop() {
    workers.close();
  }

  @Test
  void records_hold_what_was_uploaded() throws Exception {
    byte[] png = TestImages.png(20, 10);
    Manifest manifest = convert(flowers(40).with("daisy/p.jpg", png).zip(), order(0.25, 1));
    assertThat(manifest.classes())
        .containsExactly(new ClassCount("daisy", 31, 10), new ClassCount("rote rose 🌹", 30, 10));
    assertThat(manifest.trainExamples()).isEqualTo(61);
    assertThat(manifest.validationExamples()).isEqualTo(20);
    assertThat(manifest.images()).isEqualTo(new Manifest.ImageSizes(20, 79, 10, 16));
    assertThat(manifest.shards())
        .extracting(Manifest.Shard::name)
        .containsExactly(
            "train-00000-of-00003",
            "train-00001-of-00003",
            "train-00002-of-00003",
            "validation-00000-of-00001");
    TreeMap<String, ImageExample> byName = new TreeMap<>();
    for (Manifest.Shard shard : manifest.shards()) {
      Path file = latest().resolve(shard.name());
      assertThat(Files.size(file)).isEqualTo(shard.bytes());
      List<ImageExample> records = read(file);
      assertThat(records).hasSize((int) shard.examples());
      records.forEach(r -> byName.put(r.filename(), r));
    }
    assertThat(byName).hasSize(81);
    ImageExample seventh = byName.get("daisy 7.jpg");
    assertThat(seventh.encoded()).isEqualTo(TestImages.jpeg(47, 16));
    assertThat(List.of(seventh.width(), seventh.height(), seventh.labelIndex()))
        .containsExactly(47, 16, 0);
    assertThat(byName.get("rote rose 🌹 7.jpg").label()).isEqualTo("rote rose 🌹");
    assertThat(TestImages.decode(byName.get("p.jpg").encoded()).getWidth()).isEqualTo(20);
    assertThat(latest().resolve("labels.txt")).hasContent("daisy\nrote rose 🌹\n");
  }

  @Test
  void the_same_upload_and_seed_become_the_same_bytes() throws Exception {
    byte[] zip = flowers(40).with("daisy/p.png", TestImages.png(20, 10)).zip();
    Manifest first = convert(zip, order(0.1, 7));
    Manifest again = convert(zip, order(0.1, 7));
    Manifest other = convert(zip, order(0.1, 8));
    Manifest tar =
        convert(flowers(40).with("daisy/p.png", TestImages.png(20, 10)).tarGz(), order(0.1, 7));
    assertThat(again).isEqualTo(first);
    assertThat(tar).isEqualTo(first);
    assertThat(other.sha256()).isNotEqualTo(first.sha256());
  }

  @Test
  void classes_are_mixed_within_a_shard() throws Exception {
    Manifest manifest = convert(flowers(40).zip(), order(0, 1));
    for (Manifest.Shard shard : manifest.shards()) {
      assertThat(read(latest().resolve(shard.name())).stream().limit(10))
          .extracting(ImageExample::labelIndex)
          .contains(0, 1);
    }
  }

  @Test
  void large_sets_get_shards_by_size() throws Exception {
    Conversion small = new Conversion(LIMITS, 8_000, workers);
    Manifest manifest = run(small, flowers(40).zip(), order(0.1, 1));
    assertThat(manifest.shards().size()).isBetween(6, 40);
    assertThat(manifest.shards()).allSatisfy(s -> assertThat(s.bytes()).isLessThan(16_000));
  }

  @Test
  void unusable_images_are_listed_with_the_reason() throws Exception {
    byte[] jpeg = TestImages.jpeg(64, 64);
    Manifest manifest =
        convert(
            flowers(3)
                .with("daisy/cut, \"really\".jpg", Arrays.copyOf(jpeg, jpeg.length - 9))
                .with("daisy/notes.txt", "x")
                .with("daisy/empty.jpg", "")
                .with("../../up.jpg", jpeg)
                .zip(),
            order(0.3, 1));
    assertThat(manifest.quarantined()).isEqualTo(4);
    assertThat(latest().resolve("quarantine.csv"))
        .hasContent(
            """
            file,row,reason
            ../../up.jpg,,its name leads out of the archive ('..')
            "daisy/cut, ""really"".jpg",,ends too early: the JPEG is truncated
            daisy/empty.jpg,,is empty
            daisy/notes.txt,,"is no JPEG, PNG or WebP, but a text"
            """);
  }

  @Test
  void too_little_to_train_on_is_told() throws Exception {
    byte[] jpeg = TestImages.jpeg(9, 9);
    assertFailure(
        new TestZips().with("1.jpg", jpeg),
        ConversionFailure.TOO_FEW_CLASSES,
        "The archive has no class.");
    assertFailure(
        new TestZips().with("daisy/1.jpg", jpeg).with("daisy/2.jpg", jpeg),
        ConversionFailure.TOO_FEW_CLASSES,
        "Only one class has images that can be used: 'daisy'.");
    assertFailure(
        new TestZips().with("daisy/1.jpg", "x").with("rose/2.jpg", "y"),
        ConversionFailure.NO_USABLE_IMAGES,
        "None of the 2 images can be used");
    assertFailure(
        new TestZips().with("a/1.jpg", jpeg).with("b/2.jpg", jpeg).with("c/3.jpg", "x"),
        ConversionFailure.CLASS_WITHOUT_TRAINING_IMAGE,
        "No training image can be used of: c");
  }

  @Test
  void more_bad_records_than_allowed_end_it_and_are_listed() throws Exception {
    TestZips zip = flowers(3);
    for (int i = 0; i < 200; i++) {
      zip.with("daisy/bad" + i + ".jpg", "x");
    }
    ConversionOrder order =
        new ConversionOrder(new LayoutRequest(null, null, null), 0.1, 1, 2, Scrutiny.USUAL);
    assertThatThrownBy(() -> convert(zip.zip(), order))
        .isInstanceOf(ConversionException.class)
        .hasMessageContaining("More than 2 records cannot be used (maxBadRecords)");
    assertThat(latest().resolve("quarantine.csv")).content().contains("but a text");
  }

  private void assertFailure(TestZips zip, ConversionFailure failure, String message) {
    assertThatThrownBy(() -> convert(zip.zip(), order(0.1, 1)))
        .isInstanceOf(ConversionException.class)
        .hasMessageStartingWith(message)
        .extracting(e -> ((ConversionException) e).failure())
        .isEqualTo(failure);
  }

  private static TestZips flowers(int each) {
    TestZips zip = new TestZips();
    for (String label : List.of("daisy", "rote rose 🌹")) {
      for (int i = 0; i < each; i++) {
        zip.with(label + "/" + label + " " + i + ".jpg", TestImages.jpeg(40 + i, 16));
      }
    }
    return zip;
  }

  private static ConversionOrder order(double fraction, long seed) {
    return new ConversionOrder(
        new LayoutRequest(null, null, null), fraction, seed, 50, Scrutiny.USUAL);
  }

  private Manifest convert(byte[] archive, ConversionOrder order) throws Exception {
    return run(new Conversion(LIMITS, 1 << 26, workers), archive, order);
  }

  private Manifest run(Conversion conversion, byte[] archive, ConversionOrder order)
      throws Exception {
    runs++;
    Path upload = Files.write(folder.resolve("upload"), archive);
    Path target = Files.createDirectory(latest());
    Path scratch = Files.createDirectory(folder.resolve("scratch" + runs));
    return conversion.run(Source.archive(upload), order, target, scratch, new ConversionProgress());
  }

  private Path latest() {
    return folder.resolve("out" + runs);
  }

  private static List<ImageExample> read(Path file) throws IOException {
    List<ImageExample> records = new ArrayList<>();
    try (TfRecordReader reader = new TfRecordReader(file)) {
      for (byte[] record = reader.read(); record != null; record = reader.read()) {
        records.add(ImageExample.parse(record));
      }
    }
    return records;
  }
}
