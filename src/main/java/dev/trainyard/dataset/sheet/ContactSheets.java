package dev.trainyard.dataset.sheet;

import dev.trainyard.dataset.DatasetFiles;
import dev.trainyard.dataset.convert.ClassCount;
import dev.trainyard.dataset.convert.DatasetFolder;
import dev.trainyard.dataset.report.Sample;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.tfrecord.ImageFields;
import dev.trainyard.tfrecord.TfRecordReader;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws contact sheets, one at a time: a page holds its pictures in memory. */
@Component
public class ContactSheets {

  /** Changes with what a sheet looks like. */
  public static final int EDITION = 1;

  private static final int CLASSES_ON_A_PAGE = 8;
  private static final int TRAIN_IN_A_ROW = 6;

  private final Semaphore drawing = new Semaphore(1);

  /**
   * @param title above all
   * @param label of the only class to show, with more images; null for a page of all
   * @param page from 1
   * @throws ProblemException NOT_FOUND when an earlier version made the dataset or its base;
   *     INVALID_REQUEST when there is no such class or page
   */
  public BufferedImage draw(String title, DatasetFiles files, @Nullable String label, int page)
      throws IOException, InterruptedException {
    List<ClassCount> classes = files.manifest().classes();
    List<Integer> shown = label == null ? page(classes.size(), page) : of(classes, label);
    List<Sample> samples = samples(files.folder());
    int pages = pages(classes.size());
    String footer =
        label == null
            ? String.format(Locale.ROOT, "Page %d of %d", page, pages)
            : "One class of " + classes.size();
    drawing.acquire();
    try {
      List<SheetPage.Row> rows = new ArrayList<>();
      for (int index : shown) {
        rows.add(new SheetPage.Row(classes.get(index), pictures(files, samples, index, label)));
      }
      return ContactSheet.draw(new SheetPage(title, subtitle(files), rows, footer));
    } finally {
      drawing.release();
    }
  }

  private static String subtitle(DatasetFiles files) {
    return String.format(
        Locale.ROOT,
        "%,d classes   %,d training images   %,d validation images",
        files.manifest().classes().size(),
        files.manifest().trainExamples(),
        files.manifest().validationExamples());
  }

  private static int pages(int classes) {
    return (classes + CLASSES_ON_A_PAGE - 1) / CLASSES_ON_A_PAGE;
  }

  private static List<Integer> page(int classes, int page) {
    if (page < 1 || page > pages(classes)) {
      throw invalid("page", "must be from 1 to " + pages(classes));
    }
    int first = (page - 1) * CLASSES_ON_A_PAGE;
    return IntStream.range(first, Math.min(classes, first + CLASSES_ON_A_PAGE)).boxed().toList();
  }

  private static List<Integer> of(List<ClassCount> classes, String label) {
    return IntStream.range(0, classes.size())
        .filter(index -> classes.get(index).label().equals(label))
        .boxed()
        .findFirst()
        .map(List::of)
        .orElseThrow(() -> invalid("class", "is not a class of this dataset"));
  }

  private static List<Sample> samples(Path folder) throws IOException {
    return DatasetFolder.readSamples(folder)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.NOT_FOUND,
                    "There is none: an older version made this dataset, or one that it adds to."));
  }

  /** In a row of a page six of training and two of validation, or what there is of them. */
  private static List<SheetPage.Picture> pictures(
      DatasetFiles files, List<Sample> samples, int index, @Nullable String label)
      throws IOException {
    List<Sample> its = samples.stream().filter(sample -> sample.label() == index).toList();
    List<Sample> train = its.stream().filter(sample -> sample.split().equals("train")).toList();
    List<Sample> held = its.stream().filter(sample -> !sample.split().equals("train")).toList();
    List<Sample> chosen = new ArrayList<>(train);
    if (label == null) {
      int most = Math.max(TRAIN_IN_A_ROW, ContactSheet.COLUMNS - held.size());
      chosen = new ArrayList<>(train.subList(0, Math.min(train.size(), most)));
    }
    int room = label == null ? ContactSheet.COLUMNS - chosen.size() : held.size();
    chosen.addAll(held.subList(0, Math.min(held.size(), room)));
    List<SheetPage.Picture> pictures = new ArrayList<>();
    for (Sample sample : chosen) {
      ImageFields record = read(files.folder(), sample); // one at a time: it may be large
      boolean validation = !sample.split().equals("train");
      BufferedImage thumbnail = Thumbnail.of(record.encoded(), ContactSheet.SIDE);
      pictures.add(new SheetPage.Picture(name(record, sample), validation, thumbnail));
    }
    return pictures;
  }

  /** Of the image, or else where its record stands: not every program names what it writes. */
  private static String name(ImageFields record, Sample sample) {
    String name = record.filename();
    return name == null || name.isBlank() ? sample.shard() + "@" + sample.offset() : name;
  }

  private static ImageFields read(Path folder, Sample sample) throws IOException {
    try (TfRecordReader reader =
        new TfRecordReader(folder.resolve(sample.shard()), sample.offset())) {
      byte[] record = reader.read();
      if (record == null) {
        throw new EOFException(sample.shard() + " ends before " + sample.offset());
      }
      return ImageFields.parse(record);
    }
  }

  private static ProblemException invalid(String field, String message) {
    return new ProblemException(
        Problem.INVALID_REQUEST,
        "'" + field + "' " + message + ".",
        new FieldProblem(field, message));
  }
}
