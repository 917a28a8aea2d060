package dev.trainyard.trainer.input.image;

import dev.trainyard.trainer.graph.Choice;
import java.nio.charset.StandardCharsets;
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
        jpeg -> ops.image.decodeAndCropJpeg(jpeg, window, DecodeAndCropJpeg.channels(3L)),
        encoded,
        other -> new DecodedImage(Pixels.decoded(ops, other)).part(ops, window));
  }

  private Operand<TBool> isJpeg(Ops ops) {
    Operand<TString> start =
        ops.strings.substr(encoded, ops.constant(0), ops.constant(JPEG.length()));
    return ops.math.equal(start, ops.constant(StandardCharsets.ISO_8859_1, JPEG));
  }
}
