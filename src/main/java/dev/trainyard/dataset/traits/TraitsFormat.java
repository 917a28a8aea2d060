package dev.trainyard.dataset.traits;

import dev.trainyard.dataset.image.Fingerprint;
import dev.trainyard.dataset.image.ImageTraits;
import dev.trainyard.dataset.image.ScanLevel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The file, big-endian: magic, version, totals; a row for each image, of fixed size but for the
 * name behind it; the CRC-32C of all that. A number here, once given, stands for the same always.
 */
final class TraitsFormat {

  static final int VERSION = 1;
  static final int HEADER = Long.BYTES + Integer.BYTES + TraitsTotals.BYTES;

  /** Without the name. */
  static final int ROW = 6 * Integer.BYTES + 2 * Long.BYTES;

  static final int FOOTER = Integer.BYTES;

  private static final long MAGIC = 0x5459_5452_4149_5453L; // TYTRAITS
  private static final int VALIDATION = 1;
  private static final int REENCODED = 2;
  private static final int TRAILING = 4;
  private static final List<ImageTraits.Format> FORMATS =
      List.of(ImageTraits.Format.JPEG, ImageTraits.Format.PNG, ImageTraits.Format.WEBP);
  private static final List<ScanLevel> LEVELS = List.of(ScanLevel.FULL, ScanLevel.FAST);

  private TraitsFormat() {}

  static byte[] header(TraitsTotals totals) {
    ByteBuffer header = ByteBuffer.allocate(HEADER).putLong(MAGIC).putInt(VERSION);
    header.putInt(totals.images()).put((byte) LEVELS.indexOf(totals.scan()));
    for (long sum : totals.colours()) {
      header.putLong(sum);
    }
    return header.array();
  }

  static TraitsTotals totals(byte[] header) throws DamagedTraitsException {
    ByteBuffer in = ByteBuffer.wrap(header);
    if (in.getLong() != MAGIC) {
      throw new DamagedTraitsException("begins with something else");
    }
    int version = in.getInt();
    if (version != VERSION) {
      throw new DamagedTraitsException("is of the format " + version + ", which is not known");
    }
    int images = in.getInt();
    ScanLevel scan = known(LEVELS, in.get());
    long[] colours = TraitsTotals.none().colours();
    for (int i = 0; i < colours.length; i++) {
      colours[i] = in.getLong();
    }
    return new TraitsTotals(images, scan, colours);
  }

  static byte[] row(ReportedImage image, boolean train) {
    ImageTraits traits = image.traits();
    byte[] name = image.name().getBytes(StandardCharsets.UTF_8);
    ByteBuffer row = ByteBuffer.allocate(ROW + name.length);
    row.putLong(traits.fingerprint().high()).putLong(traits.fingerprint().low());
    row.putInt(image.label()).putInt(image.width()).putInt(image.height()).putInt(traits.bytes());
    int flags =
        (train ? 0 : VALIDATION)
            | (image.reencoded() ? REENCODED : 0)
            | (traits.trailing() ? TRAILING : 0);
    row.put((byte) flags).put((byte) FORMATS.indexOf(traits.format()));
    row.put((byte) traits.channels()).put((byte) traits.orientation());
    return row.putInt(name.length).put(name).array();
  }

  /** How long the name behind a row is. */
  static int nameLength(byte[] row) {
    return ByteBuffer.wrap(row).getInt(ROW - Integer.BYTES);
  }

  /**
   * @param row with its name
   */
  static KnownImage image(byte[] row) throws DamagedTraitsException {
    ByteBuffer in = ByteBuffer.wrap(row);
    Fingerprint fingerprint = new Fingerprint(in.getLong(), in.getLong());
    int label = in.getInt();
    int width = in.getInt();
    int height = in.getInt();
    int bytes = in.getInt();
    int flags = in.get();
    ImageTraits.Format format = known(FORMATS, in.get());
    int channels = in.get();
    int orientation = in.get();
    boolean trailing = (flags & TRAILING) != 0;
    return new KnownImage(
        new String(row, ROW, row.length - ROW, StandardCharsets.UTF_8),
        label,
        (flags & VALIDATION) == 0,
        width,
        height,
        (flags & REENCODED) != 0,
        new ImageTraits(format, channels, orientation, bytes, trailing, fingerprint, null));
  }

  private static <T> T known(List<T> all, int number) throws DamagedTraitsException {
    if (number < 0 || number >= all.size()) {
      throw new DamagedTraitsException("has a number in it that stands for nothing");
    }
    return all.get(number);
  }
}
