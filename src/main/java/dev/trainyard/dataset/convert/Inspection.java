package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.ArchiveException;
import dev.trainyard.dataset.archive.EntryNames;
import dev.trainyard.dataset.image.ImageTraits;
import dev.trainyard.dataset.image.ScanLevel;
import dev.trainyard.dataset.image.UnusableImageException;
import dev.trainyard.dataset.image.UsableImage;
import dev.trainyard.dataset.listing.BadRecords;
import dev.trainyard.dataset.listing.ListedImage;
import dev.trainyard.dataset.listing.TooManyBadRecordsException;
import dev.trainyard.dataset.report.ColourStatistics;
import dev.trainyard.dataset.traits.ReportedImage;
import dev.trainyard.tfrecord.ImageExample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at every listed image, on all processors, and says which can be used. */
public final class Inspection {

  /**
   * A usable image, and where its bytes are.
   *
   * @param length of its JPEG
   * @param spooled offset in the spool; -1 when the archive's bytes are used as they are
   */
  public record Usable(
      ListedImage listed, int width, int height, int length, long spooled, ImageTraits traits)
      implements ReportedImage {

    public static Usable of(ListedImage listed, UsableImage image, long spooled) {
      return new Usable(
          listed,
          image.width(),
          image.height(),
          image.jpeg().length,
          spooled,
          image.traits().withoutMoments());
    }

    /** Its record, a {@code tf.train.Example}. */
    public byte[] example(List<String> labels, byte[] jpeg) {
      String file = EntryNames.baseName(EntryNames.normal(name()));
      return new ImageExample(height, width, label(), labels.get(label()), file, jpeg).toBytes();
    }

    @Override
    public String name() {
      return listed.entry().name();
    }

    @Override
    public int label() {
      return listed.label();
    }

    @Override
    public boolean reencoded() {
      return spooled >= 0;
    }
  }

  private final Archive archive;
  private final Spool spool;
  private final ImageWorkers workers;
  private final BadRecords bad;
  private final ConversionProgress progress;
  private final ScanLevel level;
  private final ColourStatistics colours = new ColourStatistics();

  Inspection(
      Archive archive,
      Spool spool,
      ImageWorkers workers,
      BadRecords bad,
      ConversionProgress progress,
      ScanLevel level) {
    this.archive = archive;
    this.spool = spool;
    this.workers = workers;
    this.bad = bad;
    this.progress = progress;
    this.level = level;
  }

  /** In the order of the listing. */
  List<Usable> inspect(List<ListedImage> images) throws Exception {
    progress.begin(ConversionPhase.SCANNING, images.size());
    @Nullable Usable[] usable = new @Nullable Usable[images.size()];
    workers.forEach(images.size(), i -> usable[i] = look(images.get(i)));
    return new ArrayList<>(Arrays.stream(usable).filter(Objects::nonNull).toList());
  }

  /** Of the images that have been looked at. */
  ColourStatistics colours() {
    return colours;
  }

  private @Nullable Usable look(ListedImage listed)
      throws IOException,
          InterruptedException,
          TooManyBadRecordsException,
          AbandonedConversionException {
    progress.requireWanted();
    int held = workers.acquire(listed.entry().size());
    try {
      UsableImage image = workers.intake().take(archive.read(listed.entry().name()), level);
      long spooled = image.reencoded() ? spool.append(image.jpeg()) : -1;
      if (image.reencoded()) {
        progress.reencoded();
      } else {
        progress.kept();
      }
      if (image.traits().moments() != null) {
        colours.add(image.traits().moments());
      }
      return Usable.of(listed, image, spooled);
    } catch (UnusableImageException e) {
      return refuse(listed, e.reason());
    } catch (ArchiveException e) {
      return refuse(listed, String.valueOf(e.getMessage()));
    } finally {
      progress.advance(listed.entry().size());
      workers.release(held);
    }
  }

  private @Nullable Usable refuse(ListedImage listed, String reason)
      throws TooManyBadRecordsException {
    progress.refused();
    bad.add(listed.bad(reason));
    return null;
  }
}
