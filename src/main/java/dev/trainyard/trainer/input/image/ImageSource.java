package dev.trainyard.trainer.input.image;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/** Where an image's pixels come from. The same image gives the same pixels from every source. */
public sealed interface ImageSource permits EncodedImage, DecodedImage {

  /** {@code [3]}: height, width, channels. */
  Operand<TInt32> shape(Ops ops);

  /** {@code [height, width, 3]} */
  Operand<TUint8> whole(Ops ops);

  /**
   * The pixels of a part.
   *
   * @param window {@code [4]}: top, left, height, width
   */
  Operand<TUint8> part(Ops ops, Operand<TInt32> window);
}
