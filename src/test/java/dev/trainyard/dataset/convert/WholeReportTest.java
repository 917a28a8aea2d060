package dev.trainyard.dataset.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.dataset.archive.ArchiveLimits;
import dev.trainyard.dataset.archive.TestZips;
import dev.trainyard.dataset.image.ImageIntake;
import dev.trainyard.dataset.image.ScanLevel;
import dev.trainyard.dataset.image.TestImages;
import dev.trainyard.dataset.listing.LayoutRequest;
import dev.trainyard.dataset.report.DatasetReport;
import dev.trainyard.dataset.report.DuplicatePolicy;
import dev.trainyard.dataset.report.Sample;
import dev.trainyard.tfrecord.Example;
import dev.trainyard.tfrecord.Feature;
import dev.trainyard.tfrecord.ImageExample;
import dev.trainyard.tfrecord.ImageFields;
import dev.trainyard.tfrecord.TfRecordReader;
import dev.trainyard.tfrecord.TfRecordWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Reports on datasets that were added to, and on records that were made elsewhere. */
class WholeReportTest {

  private static final ArchiveLimits LIMITS = new ArchiveLimits(10_000, 1 << 20, 1 << 24);
  private static final Scrutiny DROP = new Scrutiny(ScanLevel.FULL, DuplicatePolicy.DROP);

  private final ImageWorkers workers = new ImageWorkers(4, 1 << 20, new ImageIntake(1_000_000));

  @TempDir Path folder;
  private int runs;
  private double fraction;

  @AfterEach
  void stop() {
    workers.close();
  }

  @Test
  void what_came_in_two_parts_is_reported_like_what_came_at_once() throws Exception {
    List<String> first = List.of("a/0 train", "a/1 train", "b/2 train", "b/3 validation");
    List<String> second = List.of("a/3 train", "b/1 validation", "b/4 train", "c/5.png train");
    convert(rows(Stream.concat(first.stream(), second.stream()).toList()), Base.NONE);
    DatasetReport atOnce = report();
    convert(rows(first), Base.NONE);
    Path base = latest();
    convert(rows(second), Base.of(base));
    FileSystemUtils.deleteRecursively(base);
    assertThat(report()).usingRecursiveComparison().ignoringCollectionOrder().isEqualTo(atOnce);
    assertThat(atOnce.duplicates().acrossSplit().images()).isEqualTo(2);
    assertThat(atOnce.duplicates().conflictingLabels().groups()).isEqualTo(2);
    assertThat(duplicates()).contains(",b/3.jpg,b,validation", ",a/3.jpg,a,train");
    Manifest manifest = convert(rows(List.of("a/0 train", "c/9 train")), Base.of(latest()), DROP);
    assertThat(manifest.report().copies()).as("of what was there, and one more").isEqualTo(3);
    assertThat(report().images()).isEqualTo(10);
  }

  @Test
  void only_new_images_are_left_out_whatever_side_they_are_on() throws Exception {
    convert(
        rows(
            List.of(
                "a/0 train",
                "a/1 train",
                "a/2 validation",
                "b/3 train",
                "b/4 train",
                "b/5 train",
                "b/90 train",
                "b/90b validation")),
        Base.NONE);
    Manifest manifest =
        convert(
            rows(
                List.of(
                    "a/2 train",
                    "b/2 validation",
                    "b/3 validation",
                    "b/4 train",
                    "a/7 train",
                    "a/7b validation",
                    "a/90c train",
                    "a/8 validation")),
            Base.of(latest()),
            DROP);
    assertThat(duplicates())
        .contains(",a/2.jpg,a,validation", ",a/2.jpg,a,none", ",b/2.jpg,b,validation")
        .contains(",b/3.jpg,b,train", ",b/3.jpg,b,none")
        .contains(",a/7.jpg,a,train", ",a/7b.jpg,a,none")
        .contains(",b/90.jpg,b,train", ",b/90b.jpg,b,validation", ",a/90c.jpg,a,none");
    assertThat(manifest.report().leftOut()).isEqualTo(4);
    assertThat(manifest.report().acrossSplit()).as("what the base has").isEqualTo(1);
    assertThat(manifest.trainExamples()).isEqualTo(6 + 2);
    assertThat(manifest.validationExamples()).isEqualTo(2 + 2);
    TestZips known = rows(List.of("a/2 train"));
    Base base = Base.of(latest());
    assertThatThrownBy(() -> convert(known, base, DROP))
        .hasMessageStartingWith("All images to add are on the other side of the split already");
  }

  @Test
  void of_what_is_added_as_much_is_shown_as_of_what_was_there() throws Exception {
    convert(many("a", "b"), Base.NONE);
    Manifest manifest = convert(many("b", "c"), Base.of(latest()));
    List<Sample> samples = DatasetFolder.readSamples(latest()).orElseThrow();
    assertThat(samples).hasSize(3 * 12);
    assertThat(samples)
        .filteredOn(sample -> sample.label() == 1)
        .filteredOn(sample -> sample.shard().startsWith("train-00002"))
        .hasSize(6);
    for (Sample sample : samples) {
      assertThat(record(sample).synset()).isEqualTo(manifest.classes().get(sample.label()).label());
    }
  }

  @Test
  void nothing_is_said_of_what_an_earlier_version_made() throws Exception {
    convert(many("a", "b"), Base.NONE);
    Files.delete(latest().resolve(DatasetFolder.TRAITS));
    Manifest manifest = convert(many("b", "c"), Base.of(latest()));
    assertThat(manifest.report()).isNull();
    assertThat(manifest.trainExamples()).isEqualTo(64);
    assertThat(latest().resolve(DatasetFolder.TRAITS)).doesNotExist();
    assertThat(DatasetFolder.readReport(latest())).isEmpty();
    assertThat(DatasetFolder.readSamples(latest())).as("those are known").isPresent();
  }

  @Test
  void a_file_that_is_not_what_was_written_is_told() throws Exception {
    convert(many("a", "b"), Base.NONE);
    Path traits = latest().resolve(DatasetFolder.TRAITS);
    byte[] written = Files.readAllBytes(traits);
    assertThat(written.length).isLessThan(32 * (40 + "a/00.jpg".length()) + 100);
    byte[] changed = written.clone();
    changed[500] ^= 1;
    Base base = Base.of(latest());
    for (byte[] damaged : List.of(changed, Arrays.copyOf(written, 700), new byte[9])) {
      Files.write(traits, damaged);
      assertThatThrownBy(() -> convert(many("a", "b"), base))
          .hasMessageStartingWith("The version that it adds to is damaged: its traits.bin")
          .extracting(e -> ((ConversionException) e).failure())
          .isEqualTo(ConversionFailure.BASE_LOST);
    }
  }

  @Test
  void nothing_of_the_base_is_in_the_folder_of_a_conversion_that_fails() throws Exception {
    convert(many("a", "b"), Base.NONE);
    Base base = Base.of(latest());
    Path source = Files.createDirectories(folder.resolve("source"));
    Path lone = Files.createDirectories(source.resolve("c")).resolve("1.jpg");
    Files.write(lone, TestImages.jpeg(9, 9));
    Files.write(
        Files.createDirectories(source.resolve("a")).resolve("1.jpg"), TestImages.jpeg(8, 9));
    ConversionProgress progress =
        new ConversionProgress() {
          @Override
          void begin(ConversionPhase next, long images) {
            super.begin(next, images);
            if (next == ConversionPhase.WRITING) {
              delete(lone);
            }
          }
        };
    runs++;
    assertThatThrownBy(() -> run(new Source(source, source, base), Scrutiny.USUAL, progress))
        .hasMessage("No training image can be used of: c");
    try (Stream<Path> files = Files.list(latest())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("train-00002-of-00003")
          .doesNotContain("train-00000-of-00003", "manifest.json", "traits.bin");
    }
  }

  @Test
  void records_that_were_made_elsewhere_are_reported_by_their_names() throws Exception {
    byte[] train = file(record("a.jpg", 1, 0), record("", 2, 1), record("c.jpg", 3, 0));
    byte[] held = file(record("d.jpg", 1, 1), unnamed(4, 1));
    Manifest manifest =
        convert(
            new TestZips().with("set/train.tfrecord", train).with("set/eval.tfrecord", held),
            Base.NONE);
    assertThat(report().images()).isEqualTo(5);
    assertThat(report().width().max()).isEqualTo(24);
    assertThat(report().colour().images()).isEqualTo(5);
    assertThat(manifest.report().acrossSplit()).isEqualTo(1);
    assertThat(duplicates()).contains(",a.jpg,rose,train", ",d.jpg,daisy,validation");
    assertThat(DatasetFolder.readSamples(latest()).orElseThrow())
        .hasSize(5)
        .allSatisfy(sample -> assertThat(record(sample).label()).isEqualTo(sample.label() + 1L));
    long second = record("a.jpg", 1, 0).length + TfRecordWriter.overhead();
    convert(rows(List.of("rose/2 train")), Base.of(latest()));
    assertThat(duplicates())
        .contains(",set/train.tfrecord@" + second + ",daisy,train", ",rose/2.jpg,rose,train");
  }

  @Test
  void records_are_left_out_and_looked_at_as_is_asked_for() throws Exception {
    byte[] train = file(record("a.jpg", 1, 0), record("b.jpg", 2, 1), record("c.jpg", 3, 0));
    byte[] held = file(record("d.jpg", 1, 1), record("e.jpg", 4, 1));
    TestZips files = new TestZips().with("train.tfrecord", train).with("eval.tfrecord", held);
    Manifest manifest =
        convert(files, Base.NONE, new Scrutiny(ScanLevel.FAST, DuplicatePolicy.DROP));
    assertThat(manifest.validationExamples()).isEqualTo(1);
    assertThat(manifest.report().leftOut()).isEqualTo(1);
    assertThat(report().scan()).isEqualTo("FAST");
    assertThat(duplicates()).contains(",d.jpg,daisy,none");
    assertThat(latest().resolve("train-00000-of-00001")).hasBinaryContent(train);
    assertThat(latest().resolve("validation-00000-of-00001"))
        .hasBinaryContent(file(record("e.jpg", 4, 1)));
    byte[][] twins = new byte[40][];
    for (int i = 0; i < 40; i++) {
      twins[i] = record(i + ".jpg", i / 4, i % 2);
    }
    fraction = 0.25;
    convert(new TestZips().with("all.tfrecord", file(twins)), Base.NONE, DROP);
    assertThat(report().duplicates().acrossSplit().images()).isZero();
    assertThat(report().duplicates().leftOut()).isPositive();
    assertThat(report().images() + report().duplicates().leftOut()).isEqualTo(40);
    assertThat(report().duplicates().groups()).isEqualTo(10);
    for (Sample sample : DatasetFolder.readSamples(latest()).orElseThrow()) {
      assertThat(record(sample).label()).isEqualTo(sample.label() + 1L);
    }
  }

  /** Images as {@code label/name split}; the number in the name says which picture it is. */
  private static TestZips rows(List<String> images) {
    TestZips zip = new TestZips();
    StringBuilder train = new StringBuilder("image,label\n");
    StringBuilder held = new StringBuilder("image,label\n");
    for (String image : images) {
      String[] parts = image.split("[/ ]");
      boolean png = parts[1].endsWith(".png");
      int number = Integer.parseInt(parts[1].replaceAll("\\D", ""));
      String name = parts[0] + "/" + parts[1] + (png ? "" : ".jpg");
      zip.with(name, png ? TestImages.png(20 + number, 16) : TestImages.jpeg(20 + number, 16));
      (parts[2].equals("train") ? train : held).append(name + "," + parts[0] + "\n");
    }
    return zip.with("train.csv", train.toString()).with("eval.csv", held.toString());
  }

  /** Sixteen of each. */
  private static TestZips many(String... labels) {
    TestZips zip = new TestZips();
    for (String label : labels) {
      for (int i = 10; i < 26; i++) {
        zip.with(label + "/" + i + ".jpg", TestImages.jpeg(20 + i, 16));
      }
    }
    return zip;
  }

  private static byte[] record(String name, int number, int label) {
    byte[] jpeg = TestImages.jpeg(20 + number, 16);
    String text = List.of("rose", "daisy").get(label);
    return new ImageExample(16, 20 + number, label, text, name, jpeg).toBytes();
  }

  /** As others write it, with nothing but what is needed. */
  private static byte[] unnamed(int number, int label) {
    return new Example(
            Map.of(
                "image/encoded",
                Feature.of(TestImages.jpeg(20 + number, 16)),
                "image/class/label",
                Feature.of(label + 1L)))
        .toBytes();
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

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ImageFields record(Sample sample) {
    try (TfRecordReader reader =
        new TfRecordReader(latest().resolve(sample.shard()), sample.offset())) {
      return ImageFields.parse(reader.read());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DatasetReport report() throws IOException {
    return DatasetFolder.readReport(latest()).orElseThrow();
  }

  private String duplicates() throws IOException {
    return Files.readString(latest().resolve(DatasetFolder.DUPLICATES));
  }

  private Path latest() {
    return folder.resolve("out" + runs);
  }

  private Manifest convert(TestZips zip, Base base) throws Exception {
    return convert(zip, base, Scrutiny.USUAL);
  }

  private Manifest convert(TestZips zip, Base base, Scrutiny scrutiny) throws Exception {
    runs++;
    Path upload = Files.write(folder.resolve("upload"), zip.zip());
    return run(new Source(upload, upload, base), scrutiny, new ConversionProgress());
  }

  private Manifest run(Source source, Scrutiny scrutiny, ConversionProgress progress)
      throws Exception {
    return new Conversion(LIMITS, 1 << 26, workers)
        .run(
            source,
            new ConversionOrder(new LayoutRequest(null, null, null), fraction, 1, 50, scrutiny),
            Files.createDirectory(latest()),
            Files.createDirectory(folder.resolve("scratch" + runs)),
            progress);
  }
}
