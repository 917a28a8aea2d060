package dev.trainyard.trainer.input.image;

import dev.trainyard.spec.InputSpec;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * An image to what the network is trained on.
 *
 * <p>What is random depends only on the seed and the record's number since the start of training,
 * which stands for the epoch and the record in it: the same image looks different in each epoch,
 * and a resumed run goes on as if nothing had happened.
 */
@FunctionalInterface
public interface TrainingImage {

  /**
   * @param number scalar: the record's, from 0
   * @return {@code [height, width, 3]}
   */
  Operand<TFloat32> apply(Ops ops, ImageSource image, Operand<TInt64> number);

  static TrainingImage of(InputSpec spec, long seed) {
    ImageDecoding plain = ImageDecoding.of(spec);
    return switch (spec.augmentation()) {
      case NONE -> (ops, image, number) -> plain.apply(ops, image);
      case ARTICLE -> new ArticleAugmentation(spec.height(), spec.width(), seed);
      case RESNET -> new ResnetAugmentation(plain, seed);
    };
  }
}
