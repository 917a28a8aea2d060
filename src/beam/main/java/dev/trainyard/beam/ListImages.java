package dev.trainyard.beam;

import dev.trainyard.dataset.convert.ConversionException;
import dev.trainyard.dataset.convert.ConversionFailure;
import dev.trainyard.dataset.listing.BadRecord;
import dev.trainyard.dataset.listing.BadRecords;
import dev.trainyard.dataset.listing.Contents;
import dev.trainyard.dataset.listing.Layout;
import dev.trainyard.dataset.listing.LayoutException;
import dev.trainyard.dataset.listing.ListedImage;
import dev.trainyard.dataset.listing.Listing;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;

/** Lists the input: on one machine, for which image is where in the list decides its place. */
final class ListImages extends DoFn<Integer, ListImages.Lot> {

  static final TupleTag<Lot> IMAGES = new TupleTag<>("images");
  static final TupleTag<Finding> FINDINGS = new TupleTag<>("listed");

  private static final long serialVersionUID = 1L;

  /** A listed image and its place in the listing. */
  record Placed(int place, ListedImage image) {}

  /** Images that are looked at together, as a runner's work for each lot is not for nothing. */
  record Lot(List<Placed> images) {}

  private static final int LOT = 64;

  private final DatasetRequest request;

  ListImages(DatasetRequest request) {
    this.request = request;
  }

  @ProcessElement
  public void list(MultiOutputReceiver out) throws Exception {
    InputFolder folder = request.images();
    BadRecords bad = new BadRecords(Integer.MAX_VALUE); // counted with those that are found later
    Contents contents = new Contents(folder.entries());
    Layout layout = layout(contents);
    Listing listing = Listing.of(folder, contents, layout, bad);
    out.get(FINDINGS).output(Finding.of(listing, layout.splits()));
    for (BadRecord record : bad.sorted()) {
      out.get(FINDINGS).output(Finding.of(record));
    }
    List<ListedImage> images = listing.images();
    for (int start = 0; start < images.size(); start += LOT) {
      List<Placed> lot = new ArrayList<>();
      for (int place = start; place < Math.min(start + LOT, images.size()); place++) {
        lot.add(new Placed(place, images.get(place)));
      }
      out.get(IMAGES).output(new Lot(lot));
    }
  }

  private Layout layout(Contents contents) throws ConversionException {
    try {
      Layout layout = request.order().layout().choose(contents);
      if (layout instanceof Layout.Records) {
        throw new ConversionException(
            ConversionFailure.LAYOUT_UNCLEAR, "TFRecord files are for the service to import.");
      }
      return layout;
    } catch (LayoutException e) {
      throw new ConversionException(
          ConversionFailure.LAYOUT_UNCLEAR, "'" + e.field() + "' " + e.getMessage() + ".");
    }
  }
}
