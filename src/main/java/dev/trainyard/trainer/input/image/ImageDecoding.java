package dev.trainyard.trainer.input.image;

import dev.trainyard.spec.InputSpec;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * Encoded image to network input, with nothing random: what evaluation and serving see, and
 * training too when it does not augment. JPEGs, and PNGs likewise, become three channels.
 *
 * @param centralFraction the share of the middle that is kept; 1 takes the whole image, whatever
 *     its aspect
 */
public record ImageDecoding(
    int height, int width, double centralFraction, Interpolation interpolation) {

  public static ImageDecoding of(InputSpec spec) {
    return new ImageDecoding(
        spec.height(),
        spec.width(),
        spec.centralFraction(),
        spec.augmentation() == InputSpec.Augmentation.RESNET
            ? Interpolation.BICUBIC
            : Interpolation.BILINEAR);
  }

  /**
   * @param encoded scalar
   * @return {@code [height, width, 3]} in [-1, 1]
   */
  public Operand<TFloat32> apply(Ops ops, Operand<TString> encoded) {
    return apply(ops, new DecodedImage(Pixels.decoded(ops, encoded)));
  }

  /**
   * @return {@code [height, width, 3]} in [-1, 1]
   */
  public Operand<TFloat32> apply(Ops ops, ImageSource image) {
    Operand<TUint8> pixels =
        centralFraction == 1
            ? image.whole(ops)
            : image.part(ops, centre().of(ops, image.shape(ops)));
    return Pixels.resized(ops, Pixels.scaled(ops, pixels), interpolation, height, width);
  }

  /** The whole image when all of it is kept, else the part that is. */
  CentralWindow centre() {
    return new CentralWindow(height, width, centralFraction);
  }
}
