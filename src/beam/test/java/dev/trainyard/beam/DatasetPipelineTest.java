package dev.trainyard.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.dataset.convert.ConversionException;
import dev.trainyard.dataset.convert.DatasetFolder;
import dev.trainyard.dataset.convert.Manifest;
import dev.trainyard.dataset.image.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pipeline against the service's own conversion of the same folder. */
class DatasetPipelineTest {

  enum Runner {
    DIRECT("--runner=DirectRunner", "--targetParallelism=3"),
    FLINK("--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=3");

    private final List<String> options;

    Runner(String... options) {
      this.options = List.of(options);
    }
  }

  private static final long SHARD_SIZE = 8_000;
  private static final int MAX_IMAGE_BYTES = 100_000;

  @TempDir Path temp;

  private Path input;
  private Path output;

  @BeforeEach
  void name() {
    input = temp.resolve("flowers");
    output = temp.resolve("dataset");
  }

  @ParameterizedTest
  @EnumSource
  void class_folders_become_the_services_bytes(Runner runner) throws Exception {
    flowers("");
    write("README", "not an image");
    write(".hidden/daisy/1.jpg", "clutter");
    write("tulips/sub/too deep.jpg", TestImages.jpeg(8, 8));
    write("stray.jpg", TestImages.jpeg(8, 8));
    String[] options = {"--seed=7", "--validationFraction=0.2", "--maxBadRecords=20"};
    convert(runner, options);
    Path expected = service(options);
    assertSame(expected);
    Manifest manifest = DatasetFolder.readManifest(output);
    assertThat(manifest.trainExamples() + manifest.validationExamples()).isEqualTo(127);
    assertThat(manifest.quarantined()).isEqualTo(8);
    assertThat(manifest.shards()).hasSizeGreaterThan(8);
    assertThat(Files.readString(output.resolve("labels.txt")))
        .isEqualTo("daisy\nrote rose 🌹\ntulips\n");
  }

  @ParameterizedTest
  @EnumSource
  void csv_rows_become_the_services_bytes(Runner runner) throws Exception {
    flowers("images/");
    StringBuilder train = new StringBuilder("image-path,label\n");
    StringBuilder held = new StringBuilder();
    int row = 0;
    for (String name : names()) {
      String label = name.split("/")[1];
      (row++ % 5 == 0 ? held : train).append("\"gs://bucket/" + name + "\"," + label + "\n");
    }
    train.append("images/daisy/none.jpg,daisy\nimages/daisy/1.jpg,oak\nthree,fields,here\n");
    write("train_set.csv", train.toString());
    write("eval_set.csv", held.toString());
    write("labels.txt", "tulips\ndaisy\nrote rose 🌹\nnot one of these\n");
    // Of the labels file's labels one has no image.
    assertThatThrownBy(() -> convert(runner)).hasMessageContaining("not one of these");
    write("labels.txt", "tulips\ndaisy\nrote rose 🌹\n");
    convert(runner);
    assertSame(service());
    assertThat(Files.readString(output.resolve("quarantine.csv")))
        .contains("train_set.csv,", "'oak' is not in the labels file");
  }

  @ParameterizedTest
  @EnumSource
  void too_many_bad_records_leave_the_list_and_no_dataset(Runner runner) throws Exception {
    flowers("");
    String[] options = {"--maxBadRecords=2"};
    assertThatThrownBy(() -> convert(runner, options))
        .isInstanceOf(ConversionException.class)
        .hasMessageStartingWith("More than 2 records cannot be used (maxBadRecords).");
    assertThat(files(output)).containsOnlyKeys("quarantine.csv");
    assertThat(Files.readAllLines(output.resolve("quarantine.csv"))).hasSize(7);
  }

  @Test
  void what_cannot_become_a_dataset_is_refused_in_the_services_words() throws Exception {
    assertThatThrownBy(() -> convert(Runner.DIRECT))
        .isInstanceOf(ConversionException.class)
        .hasMessageStartingWith("The archive has no class.");
    write("daisy/1.jpg", TestImages.jpeg(8, 8));
    assertThatThrownBy(() -> convert(Runner.DIRECT))
        .hasMessageStartingWith("Only one class has images that can be used: 'daisy'.");
    assertThatThrownBy(() -> convert(Runner.DIRECT, "--trainCsv=a.csv"))
        .isInstanceOf(ConversionException.class)
        .hasMessage("'trainCsv' 'a.csv' is not in the archive.");
    write("train-00000-of-00001", "");
    assertThatThrownBy(() -> convert(Runner.DIRECT))
        .hasMessage("TFRecord files are for the service to import.");
    assertThatThrownBy(() -> convert(Runner.DIRECT, "--scan=deep"))
        .hasMessage("--scan is full or fast");
  }

  @Test
  void a_folder_that_holds_a_dataset_is_not_written_to() throws Exception {
    flowers("");
    convert(Runner.DIRECT);
    TreeMap<String, String> before = files(output);
    assertThatThrownBy(() -> convert(Runner.DIRECT, "--seed=2"))
        .hasMessage("--output holds a dataset: name another folder");
    assertThat(files(output)).isEqualTo(before);
    output = input.resolve("dataset");
    assertThatThrownBy(() -> convert(Runner.DIRECT))
        .hasMessage("--output is within --input: name another folder");
  }

  /** 127 that can be used and 6 that cannot. */
  private void flowers(String folder) throws IOException {
    for (String label : List.of("daisy", "rote rose 🌹", "tulips")) {
      for (int i = 0; i < 40; i++) {
        write(folder + label + "/" + i + ".jpg", TestImages.jpeg(40 + i, 16));
      }
    }
    byte[] jpeg = TestImages.jpeg(64, 64);
    write(folder + "daisy/p.png", TestImages.png(20, 10));
    write(folder + "daisy/c.jpg", TestImages.resource("cmyk.jpg"));
    write(folder + "daisy/y.jpg", TestImages.resource("ycck.jpg"));
    write(folder + "daisy/turned.jpg", TestImages.oriented(TestImages.jpeg(30, 20), 6));
    write(folder + "daisy/progressive.jpg", TestImages.resource("progressive.jpg"));
    write(folder + "daisy/lossy.webp", TestImages.resource("lossy.webp"));
    write(folder + "daisy/grey.jpg", TestImages.resource("grey.jpg"));
    write(folder + "daisy/cut.jpg", Arrays.copyOf(jpeg, jpeg.length - 9));
    write(folder + "daisy/cut, too.jpg", Arrays.copyOf(jpeg, 40));
    write(folder + "tulips/empty.jpg", "");
    write(folder + "tulips/text.jpg", "text");
    write(folder + "tulips/large.jpg", Arrays.copyOf(jpeg, MAX_IMAGE_BYTES + 1));
    write(folder + "tulips/wide.png", TestImages.png(1001, 1000));
  }

  private void write(String name, String content) throws IOException {
    write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = input.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private void convert(Runner runner, String... options) throws Exception {
    DatasetPipeline.run(options(runner, options));
  }

  private DatasetOptions options(Runner runner, String... more) {
    List<String> all = new ArrayList<>(runner.options);
    all.addAll(List.of("--input=" + input, "--output=" + output, "--shardSize=" + SHARD_SIZE));
    all.addAll(List.of("--maxImageSize=" + MAX_IMAGE_BYTES, "--maxMegapixels=1"));
    all.addAll(List.of(more));
    return PipelineOptionsFactory.fromArgs(all.toArray(String[]::new))
        .withValidation()
        .as(DatasetOptions.class);
  }

  /** What the service makes of the same. */
  private Path service(String... options) throws Exception {
    DatasetOptions direct = options(Runner.DIRECT, options);
    direct.setOutput(temp.resolve("service").toString());
    Path scratch = Files.createDirectories(temp.resolve("scratch"));
    ServiceConversion.run(DatasetOptions.request(direct), scratch);
    return temp.resolve("service");
  }

  /** All but what a report says, which only the service makes. */
  private void assertSame(Path expected) throws IOException {
    TreeMap<String, String> wanted = files(expected);
    wanted
        .keySet()
        .removeAll(List.of("report.json", "duplicates.csv", "samples.json", "traits.bin"));
    TreeMap<String, String> made = files(output);
    Manifest service = DatasetFolder.readManifest(expected);
    assertThat(DatasetFolder.readManifest(output)).isEqualTo(unreported(service));
    wanted.remove("manifest.json");
    made.remove("manifest.json");
    assertThat(made).isEqualTo(wanted);
  }

  private static Manifest unreported(Manifest manifest) {
    return new Manifest(
        manifest.format(),
        manifest.seed(),
        manifest.validationFraction(),
        manifest.classes(),
        manifest.trainExamples(),
        manifest.validationExamples(),
        manifest.quarantined(),
        manifest.images(),
        null,
        manifest.sizeBytes(),
        manifest.sha256(),
        manifest.shards());
  }

  private List<String> names() throws IOException {
    return List.copyOf(files(input).keySet());
  }

  /** Contents by name; as Latin-1, for a difference to be seen. */
  private static TreeMap<String, String> files(Path folder) throws IOException {
    TreeMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        files.put(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }
}
