package dev.trainyard.trainer.input.record;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * What training needs of one {@code tf.train.Example}.
 *
 * @param encoded scalar: the image file
 * @param label scalar: the class, from 0
 */
public record ParsedRecord(Operand<TString> encoded, Operand<TInt32> label) {

  /**
   * The operations that fail on a record without image or label, or with a label that is not
   * between 1 and {@code classes}.
   *
   * @param serialized scalar
   */
  public static ParsedRecord of(Ops ops, Operand<TString> serialized, int classes) {
    Operand<TInt64> noDefault = ops.constant(new long[0]);
    Operand<TString> empty = ops.constant(""); // which then fails to decode
    List<Output<?>> values =
        ops.io
            .parseSingleExample(
                serialized,
                List.of(noDefault, empty),
                0L,
                List.of(),
                List.of("image/class/label", "image/encoded"),
                List.of(),
                List.of(Shape.scalar(), Shape.scalar()))
            .denseValues();
    Operand<TInt64> stored = values.get(0).expect(TInt64.class);
    Operand<TInt32> known = ops.range(ops.constant(0), ops.constant(classes), ops.constant(1));
    // A gather of n from 0, 1, ... is n itself, but it fails on what one-hot would make all zeros.
    Operand<TInt32> label =
        ops.gather(known, ops.math.sub(stored, ops.constant(1L)), ops.constant(0));
    return new ParsedRecord(values.get(1).expect(TString.class), label);
  }
}
