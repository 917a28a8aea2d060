package dev.trainyard.dataset.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.ArchiveLimits;
import dev.trainyard.dataset.archive.TestZips;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTest {

  private static final LayoutRequest NOTHING_NAMED = new LayoutRequest(null, null, null);

  private final BadRecords bad = new BadRecords(100);

  @TempDir Path folder;

  @Test
  void class_folders_are_labels() throws Exception {
    Listing listing = list(new TestZips().with("rose/2.jpg", "").with("daisy/1.jpg", ""));
    assertThat(listing.labels()).containsExactly("daisy", "rose");
    assertThat(described(listing)).containsExactly("daisy/1.jpg=0", "rose/2.jpg=1");
    assertThat(bad.sorted()).isEmpty();
  }

  @Test
  void one_folder_around_everything_is_no_label_and_stray_files_do_no_harm() throws Exception {
    Listing listing =
        list(
            new TestZips()
                .with("flowers/LICENSE.txt", "")
                .with("flowers/rose/2.jpg", "")
                .with("flowers/daisy/1.jpg", "")
                .with("__MACOSX/flowers/daisy/._1.jpg", "")
                .with("flowers/daisy/.DS_Store", "")
                .with("flowers/rose/Thumbs.db", "")
                .with("readme", ""));
    assertThat(described(listing)).containsExactly("flowers/daisy/1.jpg=0", "flowers/rose/2.jpg=1");
    assertThat(bad.sorted()).isEmpty();
  }

  @Test
  void names_are_strings_whatever_is_in_them() throws Exception {
    String longName = "n".repeat(300);
    Listing listing =
        list(
            new TestZips()
                .with("rote rose 🌹/a b.jpg", "")
                .with(longName + "/" + longName + ".jpg", "")
                .with("../../etc/passwd.jpg", "")
                .with("daisy/../../x.jpg", "")
                .with("/absolute/x.jpg", "")
                .with("win\\dows.jpg", "")
                .with("line\nbreak/x.jpg", "")
                .with("stray.jpg", "")
                .with("too/deep/x.jpg", ""));
    assertThat(listing.labels()).containsExactly("absolute", longName, "rote rose 🌹", "win");
    assertThat(bad.sorted())
        .extracting(BadRecord::reason)
        .containsExactlyInAnyOrder(
            "its name leads out of the archive ('..')",
            "its name leads out of the archive ('..')",
            "the label has a line break or another control character",
            "is in no class folder: put it in <class>/stray.jpg",
            "is too deep: images belong directly in the class folder");
  }

  @Test
  void labels_are_sorted_like_pythons_and_equal_when_they_look_equal() throws Exception {
    Listing listing =
        list(
            new TestZips()
                .with("\uD83C\uDF39/1.jpg", "") // beyond the basic plane
                .with("\uFF21/1.jpg", "") // a full-width A, near its end
                .with("rose\u0301/1.jpg", "")
                .with("ros\u00E9/2.jpg", ""));
    assertThat(listing.labels()).containsExactly("ros\u00E9", "\uFF21", "\uD83C\uDF39");
  }

  @Test
  void two_csv_files_make_the_split() throws Exception {
    Listing listing =
        list(
            new TestZips()
                .with("train_set.csv", "\uFEFFgs://bucket/img/daisy/1.jpg,daisy\r\nrose/2.jpg,rose")
                .with("eval_set.csv", "image,label\n/home/me/img/daisy/3.jpg , daisy\n\n")
                .with("labels.txt", "rose\ndaisy\n\n")
                .with("daisy/1.jpg", "")
                .with("rose/2.jpg", "")
                .with("daisy/3.jpg", ""));
    assertThat(listing.labels()).containsExactly("daisy", "rose");
    assertThat(described(listing))
        .containsExactly("daisy/1.jpg=0 TRAIN", "rose/2.jpg=1 TRAIN", "daisy/3.jpg=0 VALIDATION");
    assertThat(bad.sorted()).isEmpty();
  }

  @Test
  void paths_count_from_the_csvs_own_folder_too() throws Exception {
    Listing listing =
        list(
            new TestZips()
                .with("set/all.csv", "img/1.jpg,a\n\"/data/img/2, b.jpg\",\"b\"\"c\"")
                .with("set/img/1.jpg", "")
                .with("set/img/2, b.jpg", ""));
    assertThat(listing.labels()).containsExactly("a", "b\"c");
    assertThat(described(listing)).containsExactly("set/img/1.jpg=0", "set/img/2, b.jpg=1");
  }

  @Test
  void bad_rows_are_told_by_file_and_line() throws Exception {
    list(
        new TestZips()
            .with("1.jpg", "")
            .with("2.jpg", "")
            .with("labels.txt", "a\nb")
            .with(
                "rows.csv",
                "1.jpg,a\n2.jpg\n2.jpg,a,b\n2.jpg,c\n2.jpg,\n3.jpg,a\n\n\"x\ny\",a\n1.jpg,b\n../2.jpg,a\n"));
    assertThat(bad.sorted())
        .containsExactly(
            new BadRecord("rows.csv", 2L, "has 1 fields; image-path,label are 2"),
            new BadRecord("rows.csv", 3L, "has 3 fields; image-path,label are 2"),
            new BadRecord("rows.csv", 4L, "the label 'c' is not in the labels file"),
            new BadRecord("rows.csv", 5L, "the label is empty"),
            new BadRecord("rows.csv", 6L, "'3.jpg' is not in the archive"),
            new BadRecord("rows.csv", 8L, "'x\ny' is not in the archive"),
            new BadRecord("rows.csv", 10L, "'1.jpg' is listed twice; the first row counts"));
  }

  @Test
  void a_row_without_end_costs_no_memory() throws Exception {
    byte[] endless = new byte[40_000_000]; // zeros, with no line break
    endless[0] = '"';
    Listing listing = list(new TestZips().with("rows.csv", endless).with("1.jpg", ""));
    assertThat(listing.images()).isEmpty();
    assertThat(bad.sorted()).hasSize(1);
  }

  @Test
  void too_many_bad_rows_end_the_listing() {
    TestZips zip = new TestZips().with("rows.csv", "x\n".repeat(102)).with("1.jpg", "");
    assertThatThrownBy(() -> list(zip))
        .isInstanceOf(TooManyBadRecordsException.class)
        .hasMessageContaining("More than 100 records")
        .hasMessageContaining("rows.csv, row 1: has 1 fields");
  }

  @Test
  void several_csv_files_have_to_be_named() throws Exception {
    TestZips zip =
        new TestZips().with("a.csv", "1.jpg,x").with("s/b.csv", "2.jpg,y").with("1.jpg", "");
    assertThatThrownBy(() -> list(zip))
        .isInstanceOf(LayoutException.class)
        .hasMessageContaining("several CSV files: a.csv, s/b.csv");
    Contents contents = contents(zip);
    assertThat(new LayoutRequest("a.csv", "b.csv", null).choose(contents))
        .isEqualTo(new Layout.Csv("a.csv", "s/b.csv", null));
    assertThatThrownBy(() -> new LayoutRequest("a.csv", null, "c.txt").choose(contents))
        .hasMessage("'c.txt' is not in the archive");
    assertThatThrownBy(() -> new LayoutRequest(null, "b.csv", null).choose(contents))
        .hasMessage("is required when validationCsv is given");
  }

  private Listing list(TestZips zip) throws Exception {
    try (Archive archive = open(zip)) {
      Contents contents = new Contents(archive.entries());
      return Listing.of(archive, contents, NOTHING_NAMED.choose(contents), bad);
    }
  }

  private Contents contents(TestZips zip) throws Exception {
    try (Archive archive = open(zip)) {
      return new Contents(archive.entries());
    }
  }

  private Archive open(TestZips zip) throws Exception {
    return Archive.open(
        zip.zip(folder.resolve("z.zip")), new ArchiveLimits(1000, 1 << 20, 1 << 20));
  }

  private static List<String> described(Listing listing) {
    return listing.images().stream()
        .map(i -> i.entry().name() + "=" + i.label() + (i.split() == null ? "" : " " + i.split()))
        .toList();
  }
}
