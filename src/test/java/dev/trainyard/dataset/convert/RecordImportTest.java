package dev.trainyard.dataset.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.dataset.archive.ArchiveLimits;
import dev.trainyard.dataset.archive.TestZips;
import dev.trainyard.dataset.image.ImageIntake;
import dev.trainyard.dataset.image.TestImages;
import dev.trainyard.dataset.listing.LayoutRequest;
import dev.trainyard.tfrecord.Example;
import dev.trainyard.tfrecord.Feature;
import dev.trainyard.tfrecord.ImageExample;
import dev.trainyard.tfrecord.TfRecordReader;
import dev.trainyard.tfrecord.TfRecordWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TFRecord files made elsewhere, and datasets that are added to. */
class RecordImportTest {

  private static final ArchiveLimits LIMITS = new ArchiveLimits(10_000, 1 << 20, 1 << 24);
  private static final List<String> LABELS = List.of("rose", "daisy");

  private final ImageWorkers workers = new ImageWorkers(4, 1 << 20, new ImageIntake(1_000_000));

  @TempDir Path folder;
  private int runs;

  @AfterEach
  void stop() {
    workers.close();
  }

  @Test
  void files_whose_records_are_fine_stay_byte_for_byte() throws Exception {
    byte[] first = file(record(1, 0), record(2, 1));
    byte[] second = file(record(3, 0));
    byte[] held = file(record(4, 1));
    Manifest manifest =
        convert(
            new TestZips()
                .with("set/train-00000-of-00002", first)
                .with("set/train-00001-of-00002", second)
                .with("set/validation-00000-of-00001", held)
                .zip(),
            Base.NONE);
    assertThat(manifest.classes())
        .containsExactly(new ClassCount("rose", 2, 0), new ClassCount("daisy", 1, 1));
    assertThat(latest().resolve("train-00000-of-00002")).hasBinaryContent(first);
    assertThat(latest().resolve("train-00001-of-00002")).hasBinaryContent(second);
    assertThat(latest().resolve("validation-00000-of-00001")).hasBinaryContent(held);
    assertThat(manifest.quarantined()).isZero();
    try (var files = Files.list(latest())) {
      assertThat(files).as("beside them what is said of them").hasSize(10);
    }
  }

  @Test
  void what_is_damaged_is_set_aside_with_its_place_and_the_rest_is_kept() throws Exception {
    byte[] damaged = file(record(1, 0), record(2, 1), record(3, 0));
    damaged[record(1, 0).length + 16 + 100] ^= 1;
    byte[] wrong =
        file(
            record(5, 1),
            new Example(Map.of("image/encoded", Feature.of("x"))).toBytes(),
            new ImageExample(9, 9, -1, "rose", "zero.jpg", TestImages.jpeg(9, 9)).toBytes(),
            new ImageExample(9, 9, 0, "daisy", "mixed.jpg", TestImages.jpeg(9, 9)).toBytes(),
            new ImageExample(9, 9, 0, "rose", "text.jpg", "text".getBytes()).toBytes(),
            new ImageExample(9, 9, 0, "rose", "p.png", TestImages.png(8, 6)).toBytes());
    Manifest manifest =
        convert(
            new TestZips().with("a.tfrecord", damaged).with("b.tfrecords", wrong).zip(), Base.NONE);
    assertThat(manifest.trainExamples()).isEqualTo(4);
    assertThat(latest().resolve("quarantine.csv"))
        .content()
        .contains(
            "a.tfrecord,,the record at byte %d: the checksum of its bytes does not fit"
                .formatted(record(1, 0).length + 16))
        .contains("it has no single integer 'image/class/label'")
        .contains("its label 0 is not from 1 to")
        .contains("its label 1 is 'rose' elsewhere, 'daisy' here")
        .contains("its image is no JPEG, PNG or WebP, but a text");
    List<ImageExample> records = read(manifest, "train");
    assertThat(records)
        .filteredOn(record -> record.filename().equals("p.png"))
        .first()
        .satisfies(record -> assertThat(record.width()).isEqualTo(8))
        .satisfies(record -> assertThat(TestImages.decode(record.encoded())).isNotNull());
  }

  @Test
  void a_share_of_each_class_is_held_out_when_nothing_else_is() throws Exception {
    byte[][] records = new byte[40][];
    for (int i = 0; i < 40; i++) {
      records[i] = record(i, i % 2);
    }
    Manifest manifest =
        run(new TestZips().with("all.tfrecord", file(records)).zip(), Base.NONE, 0.25);
    assertThat(manifest.classes())
        .containsExactly(new ClassCount("rose", 15, 5), new ClassCount("daisy", 15, 5));
    List<ImageExample> all = read(manifest, "train");
    all.addAll(read(manifest, "validation"));
    assertThat(all).extracting(ImageExample::filename).doesNotHaveDuplicates().hasSize(40);
  }

  @Test
  void labels_have_the_numbers_of_the_labels_file() throws Exception {
    byte[] file = file(record(1, 0), record(2, 1), record(3, 2));
    Manifest manifest =
        convert(
            new TestZips().with("a.tfrecord", file).with("labels.txt", "rose\ndaisy\n").zip(),
            Base.NONE);
    assertThat(manifest.classes()).extracting(ClassCount::label).isEqualTo(LABELS);
    assertThat(latest().resolve("quarantine.csv"))
        .content()
        .contains("its label 3 is not from 1 to 2");
  }

  @Test
  void a_set_of_which_a_file_is_not_there_is_refused() {
    TestZips zip = new TestZips().with("train-00000-of-00002", new byte[0]);
    assertThatThrownBy(() -> convert(zip.zip(), Base.NONE))
        .hasMessageContaining("has 1 of the 2 files train-?????-of-00002");
  }

  @Test
  void what_is_added_to_stays_as_it_is_and_its_files_are_the_same() throws Exception {
    convert(flowers("daisy", "rose"), Base.NONE);
    Path before = latest();
    Base base = Base.of(before);
    Manifest manifest = run(flowers("aster", "rose"), base, 0.25);
    assertThat(manifest.classes())
        .containsExactly(
            new ClassCount("daisy", 8, 0),
            new ClassCount("rose", 14, 2),
            new ClassCount("aster", 6, 2));
    assertThat(Files.isSameFile(before.resolve("train-00000-of-00001"), latest(0, "train", 2)))
        .isTrue();
    assertThat(read(manifest, "train"))
        .extracting(record -> record.label() + " " + record.labelIndex())
        .contains("daisy 0", "rose 1", "aster 2")
        .doesNotContain("aster 0", "rose 2");
    assertThat(latest().resolve("labels.txt")).hasContent("daisy\nrose\naster\n");
  }

  @Test
  void records_that_are_added_get_the_numbers_that_labels_have_there() throws Exception {
    convert(flowers("daisy", "rose"), Base.NONE);
    Base base = Base.of(latest());
    byte[] file = file(record(1, 0), record(2, 1));
    Manifest manifest = convert(new TestZips().with("a.tfrecord", file).zip(), base);
    assertThat(manifest.classes())
        .containsExactly(new ClassCount("daisy", 9, 0), new ClassCount("rose", 9, 0));
    assertThat(read(manifest, "train"))
        .filteredOn(record -> record.filename().endsWith("-0.jpg"))
        .extracting(record -> record.label() + " " + record.labelIndex())
        .contains("rose 1")
        .doesNotContain("rose 0", "daisy 1");
  }

  @Test
  void nothing_that_can_be_used_is_no_new_version() throws Exception {
    convert(flowers("daisy", "rose"), Base.NONE);
    Base base = Base.of(latest());
    byte[] zip = new TestZips().with("daisy/1.jpg", "x").zip();
    assertThatThrownBy(() -> convert(zip, base))
        .isInstanceOf(ConversionException.class)
        .hasMessageStartingWith("None of the 1 images to add can be used");
  }

  private static byte[] flowers(String... labels) throws IOException {
    TestZips zip = new TestZips();
    for (String label : labels) {
      for (int i = 0; i < 8; i++) {
        zip.with(label + "/" + label + "-" + i + ".jpg", TestImages.jpeg(20 + i, 16));
      }
    }
    return zip.zip();
  }

  private static byte[] record(int number, int label) {
    byte[] jpeg = TestImages.jpeg(10 + number, 9);
    String text = label < LABELS.size() ? LABELS.get(label) : "lily";
    return new ImageExample(9, 10 + number, label, text, number + ".jpg", jpeg).toBytes();
  }

  private static byte[] file(byte[]... records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TfRecordWriter writer = new TfRecordWriter(bytes)) {
      for (byte[] record : records) {
        writer.write(record);
      }
    }
    return bytes.toByteArray();
  }

  private Manifest convert(byte[] zip, Base base) throws Exception {
    return run(zip, base, 0);
  }

  private Manifest run(byte[] zip, Base base, double fraction) throws Exception {
    runs++;
    Path upload = Files.write(folder.resolve("upload"), zip);
    Path scratch = Files.createDirectory(folder.resolve("scratch" + runs));
    ConversionOrder order =
        new ConversionOrder(new LayoutRequest(null, null, null), fraction, 1, 50, Scrutiny.USUAL);
    return new Conversion(LIMITS, 1 << 26, workers)
        .run(
            new Source(upload, upload, base),
            order,
            Files.createDirectory(latest()),
            scratch,
            new ConversionProgress());
  }

  private Path latest() {
    return folder.resolve("out" + runs);
  }

  private Path latest(int shard, String split, int count) {
    return latest().resolve("%s-%05d-of-%05d".formatted(split, shard, count));
  }

  private List<ImageExample> read(Manifest manifest, String split) throws IOException {
    List<ImageExample> records = new ArrayList<>();
    for (Manifest.Shard shard : manifest.shards()) {
      if (shard.name().startsWith(split)) {
        try (TfRecordReader reader = new TfRecordReader(latest().resolve(shard.name()))) {
          for (byte[] record = reader.read(); record != null; record = reader.read()) {
            records.add(ImageExample.parse(record));
          }
        }
      }
    }
    return records;
  }
}
