package dev.trainyard.dataset.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.dataset.archive.ArchiveLimits;
import dev.trainyard.dataset.archive.TestZips;
import dev.trainyard.dataset.image.ImageIntake;
import dev.trainyard.dataset.image.ScanLevel;
import dev.trainyard.dataset.image.TestImages;
import dev.trainyard.dataset.listing.LayoutRequest;
import dev.trainyard.dataset.report.DatasetReport;
import dev.trainyard.dataset.report.DuplicatePolicy;
import dev.trainyard.dataset.report.DuplicateSummary;
import dev.trainyard.dataset.report.Sample;
import dev.trainyard.tfrecord.ImageExample;
import dev.trainyard.tfrecord.TfRecordReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private static final ArchiveLimits LIMITS = new ArchiveLimits(10_000, 1 << 24, 1 << 24);

  @TempDir Path folder;

  private int runs;

  @Test
  void it_tells_what_the_images_are_like() throws Exception {
    byte[] jpeg = TestImages.jpeg(100, 50);
    convert(
        new TestZips()
            .with("a/1.jpg", jpeg)
            .with("a/2.png", TestImages.png(50, 50))
            .with("a/3.jpg", TestImages.oriented(TestImages.jpeg(80, 40), 6))
            .with("b/1.jpg", TestImages.resource("grey.jpg"))
            .with("b/2.webp", TestImages.resource("lossy.webp"))
            .with("b/3.gif", "GIF89a")
            .with("b/4.gif", "GIF87a"),
        Scrutiny.USUAL);
    DatasetReport report = report();
    assertThat(report.images()).isEqualTo(5);
    assertThat(report.formats()).isEqualTo(Map.of("JPEG", 3L, "PNG", 1L, "WEBP", 1L));
    assertThat(report.channels()).isEqualTo(Map.of("1", 1L, "3", 4L));
    assertThat(report.orientations()).isEqualTo(Map.of("6", 1L));
    assertThat(report.reencoded()).isEqualTo(3);
    assertThat(report.width().min()).isEqualTo(40);
    assertThat(report.width().max()).isEqualTo(100);
    assertThat(report.balance().largestToSmallest()).isEqualTo(1.5);
    assertThat(report.balance().normalizedEntropy()).isEqualTo(0.971, within(0.001));
    assertThat(report.colour().images()).isEqualTo(5);
    assertThat(report.quarantine())
        .containsExactly(
            new DatasetReport.SetAside("is a GIF; save it as a JPEG, a PNG or a WebP", 2));
    assertThat(report.warnings())
        .anyMatch(words -> words.startsWith("2 classes have fewer than 10 training images"))
        .anyMatch(words -> words.startsWith("2 records were set aside"));
  }

  @Test
  void images_in_both_splits_and_with_two_labels_are_named() throws Exception {
    convert(twins(), Scrutiny.USUAL);
    DuplicateSummary duplicates = report().duplicates();
    assertThat(duplicates.groups()).isEqualTo(2);
    assertThat(duplicates.acrossSplit().images()).isEqualTo(1);
    assertThat(duplicates.acrossSplit().examples().get(0).images())
        .containsExactly(
            new DuplicateSummary.Member("a/0.jpg", "a", "train"),
            new DuplicateSummary.Member("a/twin.jpg", "a", "validation"));
    assertThat(duplicates.conflictingLabels().images()).isEqualTo(2);
    assertThat(report().warnings())
        .anyMatch(w -> w.startsWith("1 validation image is in training too: the validation"))
        .anyMatch(w -> w.startsWith("1 image comes with several labels"));
    assertThat(Files.readString(latest().resolve("duplicates.csv")))
        .startsWith("group,file,label,split\n")
        .contains(",a/twin.jpg,a,validation\n")
        .contains(",b/alias.jpg,b,train\n");
  }

  @Test
  void twins_of_training_images_are_kept_out_of_validation_on_request() throws Exception {
    Scrutiny drop = new Scrutiny(ScanLevel.FULL, DuplicatePolicy.DROP);
    Manifest manifest = convert(twins(), drop);
    assertThat(manifest.validationExamples()).isEqualTo(1);
    assertThat(manifest.report().acrossSplit()).isZero();
    assertThat(manifest.report().leftOut()).isEqualTo(1);
    assertThat(report().warnings()).noneMatch(words -> words.contains("will flatter"));
    assertThat(Files.readString(latest().resolve("duplicates.csv"))).contains(",a/twin.jpg,a,none");
  }

  @Test
  void the_same_upload_gets_the_same_report_whatever_thread_is_first() throws Exception {
    TestZips zip = twins();
    for (int i = 0; i < 60; i++) {
      zip.with("b/more" + i + ".jpg", TestImages.jpeg(20 + i, 90 - i));
    }
    convert(zip, Scrutiny.USUAL);
    Path first = latest();
    convert(zip, Scrutiny.USUAL);
    for (String file : List.of("report.json", "duplicates.csv", "samples.json", "manifest.json")) {
      assertThat(latest().resolve(file)).hasSameBinaryContentAs(first.resolve(file));
    }
  }

  @Test
  void samples_are_found_where_the_list_says() throws Exception {
    Manifest manifest = convert(twins(), Scrutiny.USUAL);
    List<Sample> samples = DatasetFolder.readSamples(latest()).orElseThrow();
    assertThat(samples).hasSize(15); // twelve of a, one of b, and of the two validation images all
    for (Sample sample : samples) {
      try (TfRecordReader reader =
          new TfRecordReader(latest().resolve(sample.shard()), sample.offset())) {
        ImageExample example = ImageExample.parse(reader.read());
        assertThat(manifest.classes().get(sample.label()).label()).isEqualTo(example.label());
      }
    }
  }

  /** Twenty images of a and two of b to train on, one of them in a as well; two held out. */
  private static TestZips twins() {
    TestZips zip = new TestZips();
    StringBuilder train = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      zip.with("a/" + i + ".jpg", TestImages.jpeg(30 + i, 30));
      train.append("a/").append(i).append(".jpg,a\n");
    }
    return zip.with("b/alias.jpg", TestImages.jpeg(31, 30))
        .with("a/twin.jpg", TestImages.jpeg(30, 30))
        .with("b/lone.jpg", TestImages.jpeg(90, 30))
        .with("train.csv", train + "b/alias.jpg,b\n")
        .with("eval.csv", "a/twin.jpg,a\nb/lone.jpg,b\n");
  }

  private DatasetReport report() throws Exception {
    return DatasetFolder.readReport(latest()).orElseThrow();
  }

  private Path latest() {
    return folder.resolve("out" + runs);
  }

  private Manifest convert(TestZips zip, Scrutiny scrutiny) throws Exception {
    runs++;
    Path upload = Files.write(folder.resolve("upload"), zip.zip());
    Path target = Files.createDirectory(latest());
    Path scratch = Files.createDirectory(folder.resolve("scratch" + runs));
    ConversionOrder order =
        new ConversionOrder(new LayoutRequest(null, null, null), 0.2, 1, 50, scrutiny);
    try (ImageWorkers workers = new ImageWorkers(4, 1 << 20, new ImageIntake(1_000_000))) {
      return new Conversion(LIMITS, 1 << 26, workers)
          .run(Source.archive(upload), order, target, scratch, new ConversionProgress());
    }
  }
}
