package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.archive.ArchiveEntry;
import dev.trainyard.dataset.image.ImageTraits;
import dev.trainyard.dataset.image.ScanLevel;
import dev.trainyard.dataset.image.UnusableImageException;
import dev.trainyard.dataset.image.UsableImage;
import dev.trainyard.dataset.listing.BadRecord;
import dev.trainyard.dataset.listing.BadRecords;
import dev.trainyard.dataset.listing.ListedImage;
import dev.trainyard.dataset.report.ColourStatistics;
import dev.trainyard.tfrecord.CorruptRecordException;
import dev.trainyard.tfrecord.ImageFields;
import dev.trainyard.tfrecord.TfRecordSalvage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every record of a file: read one after the other, judged in batches by all processors,
 * and taken in the file's order, so that the same files always give the same dataset.
 */
final class RecordScan {

  private static final int BATCH = 64;

  /** Beside its image a record has a few dozen bytes; what is far larger is no record of ours. */
  private static final int MOST_BESIDE_IMAGE = 1 << 20;

  /** Of a longer name the end is kept: it is held in memory. */
  private static final int LONGEST_NAME = 200;

  private record Judged(
      @Nullable ImageFields fields,
      int width,
      int height,
      int length,
      long spooled,
      @Nullable ImageTraits traits,
      @Nullable String fault) {

    static Judged bad(String fault) {
      return new Judged(null, 0, 0, 0, -1, null, fault);
    }
  }

  private final ImageWorkers workers;
  private final Spool spool;
  private final RecordLabels labels;
  private final BadRecords bad;
  private final ConversionProgress progress;
  private final ColourStatistics colours;
  private final ScanLevel level;
  private final int largest;

  RecordScan(
      ImageWorkers workers,
      Spool spool,
      RecordLabels labels,
      BadRecords bad,
      ConversionProgress progress,
      ColourStatistics colours,
      ScanLevel level,
      int largest) {
    this.workers = workers;
    this.spool = spool;
    this.labels = labels;
    this.bad = bad;
    this.progress = progress;
    this.colours = colours;
    this.level = level;
    this.largest = largest;
  }

  /**
   * @param entry the file as its sender knows it
   */
  void scan(ArchiveEntry entry, RecordFile file) throws Exception {
    try (TfRecordSalvage in = new TfRecordSalvage(file.copy(), largest)) {
      List<TfRecordSalvage.Frame> batch = new ArrayList<>();
      long bytes = 0;
      for (TfRecordSalvage.Frame frame = in.next(); frame != null; frame = in.next()) {
        batch.add(frame);
        bytes += frame.bytes().length;
        if (batch.size() == BATCH || bytes > largest / 2) {
          judge(batch, entry, file);
          batch.clear();
          bytes = 0;
        }
      }
      judge(batch, entry, file);
    }
  }

  private void judge(List<TfRecordSalvage.Frame> batch, ArchiveEntry entry, RecordFile file)
      throws Exception {
    Judged[] judged = new Judged[batch.size()];
    workers.forEach(batch.size(), i -> judged[i] = judge(batch.get(i)));
    for (int i = 0; i < judged.length; i++) {
      ImageFields fields = judged[i].fields();
      String fault = fields == null ? judged[i].fault() : labels.fault(fields);
      if (fields == null || fault != null) {
        progress.refused();
        bad.add(
            new BadRecord(
                entry.name(),
                null,
                "the record at byte %d: %s".formatted(batch.get(i).offset(), fault)));
        file.leaveOut();
      } else {
        TfRecordSalvage.Frame frame = batch.get(i);
        ArchiveEntry named = new ArchiveEntry(name(fields, entry, frame), frame.bytes().length);
        ListedImage listed =
            new ListedImage(named, (int) fields.label() - 1, null, frame.offset(), null);
        file.use(
            new Inspection.Usable(
                listed,
                judged[i].width(),
                judged[i].height(),
                judged[i].length(),
                judged[i].spooled(),
                Objects.requireNonNull(judged[i].traits())));
      }
    }
  }

  /** What the record says that its image was called, or else where the record stands. */
  private static String name(ImageFields fields, ArchiveEntry entry, TfRecordSalvage.Frame frame) {
    String name = fields.filename();
    if (name == null || name.isBlank()) {
      return entry.name() + "@" + frame.offset();
    }
    return name.substring(Math.max(0, name.length() - LONGEST_NAME));
  }

  private Judged judge(TfRecordSalvage.Frame frame)
      throws IOException, InterruptedException, AbandonedConversionException {
    progress.requireWanted();
    if (frame.damage() != null) {
      return Judged.bad(frame.damage());
    }
    int held = workers.acquire(frame.bytes().length);
    try {
      ImageFields fields = ImageFields.parse(frame.bytes());
      if (frame.bytes().length - fields.encoded().length > MOST_BESIDE_IMAGE) {
        return Judged.bad("it has far more than an image in it");
      }
      UsableImage image = workers.intake().take(fields.encoded(), level);
      long spooled = image.reencoded() ? spool.append(image.jpeg()) : -1;
      if (image.reencoded()) {
        progress.reencoded();
      } else {
        progress.kept();
      }
      if (image.traits().moments() != null) {
        colours.add(image.traits().moments());
      }
      ImageFields named =
          new ImageFields(fields.label(), fields.synset(), fields.filename(), new byte[0]);
      return new Judged(
          named,
          image.width(),
          image.height(),
          image.jpeg().length,
          spooled,
          image.traits().withoutMoments(),
          null);
    } catch (CorruptRecordException e) {
      return Judged.bad(String.valueOf(e.getMessage()));
    } catch (UnusableImageException e) {
      return Judged.bad("its image " + e.reason());
    } finally {
      workers.release(held);
      progress.advance(frame.bytes().length);
    }
  }
}
