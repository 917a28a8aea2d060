package dev.trainyard.beam;

import dev.trainyard.dataset.archive.ArchiveException;
import dev.trainyard.dataset.convert.Inspection;
import dev.trainyard.dataset.image.ImageIntake;
import dev.trainyard.dataset.image.ScanLevel;
import dev.trainyard.dataset.image.UnusableImageException;
import dev.trainyard.dataset.image.UsableImage;
import dev.trainyard.dataset.listing.ListedImage;
import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;

/** Looks at images, on all machines. Only what is found out goes on; the bytes do not. */
final class JudgeImages extends DoFn<ListImages.Lot, Finding> {

  private static final long serialVersionUID = 1L;

  private final InputFolder folder;
  private final long maxPixels;
  private final ScanLevel level;
  private final Counter kept = Metrics.counter(JudgeImages.class, "kept");
  private final Counter reencoded = Metrics.counter(JudgeImages.class, "reencoded");
  private final Counter refused = Metrics.counter(JudgeImages.class, "refused");
  private transient ImageIntake intake;

  JudgeImages(DatasetRequest request) {
    this.folder = request.images();
    this.maxPixels = request.maxPixels();
    this.level = request.order().scrutiny().scan();
  }

  @Setup
  public void setUp() {
    intake = new ImageIntake(maxPixels);
  }

  @ProcessElement
  public void judge(@Element ListImages.Lot lot, OutputReceiver<Finding> out)
      throws IOException, InterruptedException {
    for (ListImages.Placed placed : lot.images()) {
      judge(placed, out);
    }
  }

  private void judge(ListImages.Placed placed, OutputReceiver<Finding> out)
      throws IOException, InterruptedException {
    ListedImage listed = placed.image();
    try {
      UsableImage image = intake.take(folder.read(listed.entry()), level);
      (image.reencoded() ? reencoded : kept).inc();
      // Made anew once more when it is written, as it is nowhere kept.
      long spooled = image.reencoded() ? 0 : -1;
      out.output(Finding.of(placed.place(), Inspection.Usable.of(listed, image, spooled)));
    } catch (UnusableImageException e) {
      refuse(listed, e.reason(), out);
    } catch (ArchiveException e) {
      refuse(listed, String.valueOf(e.getMessage()), out);
    }
  }

  private void refuse(ListedImage listed, String reason, OutputReceiver<Finding> out) {
    refused.inc();
    out.output(Finding.of(listed.bad(reason)));
  }
}
