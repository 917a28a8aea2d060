package dev.trainyard.trainer.input.image;

import dev.trainyard.trainer.graph.Choice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.DecodeAndCropJpeg;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * An image file. Of a JPEG only the part that is asked for is decoded; anything else is decoded
 * whole.
 *
 * @param encoded scalar
 */
public record EncodedImage(Operand<TString> encoded) implements ImageSource {

  private static final int MARGIN = 2;

  /** What every JPEG begins with: start of image, then another marker. */
  private static final String JPEG = "\u00ff\u00d8\u00ff";

  @Override
  public Operand<TInt32> shape(Ops ops) {
    return Choice.between(
        ops,
        isJpeg(ops),
        encoded,
        ops.image::extractJpegShape,
        encoded,
        other -> new DecodedImage(Pixels.decoded(ops, other)).shape(ops));
  }

  @Override
  public Operand<TUint8> whole(Ops ops) {
    return Pixels.decoded(ops, encoded);
  }

  @Override
  public Operand<TUint8> part(Ops ops, Operand<TInt32> window) {
    return Choice.between(
        ops,
        isJpeg(ops),
        encoded,
        jpeg -> jpegPart(ops, jpeg, window),
        encoded,
        other -> new DecodedImage(Pixels.decoded(ops, other)).part(ops, window));
  }

  /**
   * At its right edge the decoder smooths colour with what is beyond, and a cropping one has
   * nothing there. So a little more is decoded than is asked for.
   */
  private static Operand<TUint8> jpegPart(Ops ops, Operand<TString> jpeg, Operand<TInt32> window) {
    Operand<TInt32> two = ops.constant(new int[] {2});
    Operand<TInt32> sides =
        ops.slice(ops.image.extractJpegShape(jpeg), ops.constant(new int[] {0}), two);
    Operand<TInt32> corner = ops.slice(window, ops.constant(new int[] {0}), two);
    Operand<TInt32> size = ops.slice(window, two, two);
    Operand<TInt32> margin = ops.constant(MARGIN);
    Operand<TInt32> begin = ops.math.maximum(ops.math.sub(corner, margin), ops.constant(0));
    Operand<TInt32> end = ops.math.minimum(ops.math.add(ops.math.add(corner, size), margin), sides);
    Operand<TInt32> larger = ops.concat(List.of(begin, ops.math.sub(end, begin)), ops.constant(0));
    Operand<TUint8> decoded =
        ops.image.decodeAndCropJpeg(jpeg, larger, DecodeAndCropJpeg.channels(3L));
    Operand<TInt32> inside =
        ops.concat(List.of(ops.math.sub(corner, begin), size), ops.constant(0));
    return new DecodedImage(decoded).part(ops, inside);
  }

  private Operand<TBool> isJpeg(Ops ops) {
    Operand<TString> start =
        ops.strings.substr(encoded, ops.constant(0), ops.constant(JPEG.length()));
    return ops.math.equal(start, ops.constant(StandardCharsets.ISO_8859_1, JPEG));
  }
}
