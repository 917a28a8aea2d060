package dev.trainyard.trainer.summary;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variables;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.summary.ImageSummary;
import org.tensorflow.proto.Summary;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * Outputs of a graph for TensorBoard, each a scalar that holds a serialized {@link Summary}. They
 * cost nothing in a step that does not fetch them.
 */
public final class SummaryOutputs {

  private static final int IMAGES = 4;

  private SummaryOutputs() {}

  /**
   * The first images of a job's first batch as PNGs, tagged {@code input/image/0} to {@code
   * input/image/3}; an empty summary in every later step. So each step can fetch it: a session
   * would have to optimize its graph once more for a first step that fetches more than the others.
   *
   * @param images {@code [n, height, width, 3]}, or {@code [height, width, 3, n]}, in about [-1,
   *     1]; what is outside is clipped. Static shape; height and width are larger than 3
   * @param step the global step, a scalar
   */
  public static Operand<TString> images(Ops ops, Operand<TFloat32> images, Operand<TInt64> step) {
    boolean batchLast = images.shape().get(2) == 3;
    int batch = batchLast ? 3 : 0;
    int[] none = {-1, -1, -1, -1};
    none[batch] = 0;
    int[] few = none.clone();
    few[batch] = (int) Math.min(IMAGES, images.shape().get(batch));
    Operand<TBool> first = ops.math.equal(step, ops.constant(0L));
    Operand<TInt32> size = ops.select(first, ops.constant(few), ops.constant(none));
    Operand<TFloat32> some = ops.slice(images, ops.constant(new int[4]), size);
    Operand<TFloat32> upright =
        batchLast ? ops.linalg.transpose(some, ops.constant(new int[] {3, 0, 1, 2})) : some;
    Operand<TFloat32> bytes =
        ops.math.mul(ops.math.add(upright, ops.constant(1f)), ops.constant(127.5f));
    Operand<TFloat32> clipped = ops.clipByValue(bytes, ops.constant(0f), ops.constant(255f));
    return ops.summary
        .imageSummary(
            ops.constant("input"),
            ops.dtypes.cast(ops.math.round(clipped), TUint8.class),
            ImageSummary.maxImages((long) IMAGES))
        .summary();
  }

  /**
   * How the values of each weight are distributed, tagged with its name. The buckets are those that
   * TensorFlow's own summaries have, which TensorBoard draws: limits grow by a tenth from 1e-12 to
   * 1e20 on both sides of 0 (tensorflow/core/lib/histogram/histogram.cc), and runs of empty ones
   * are joined. Fetching it fails where a weight is no finite number.
   */
  public static Operand<TString> histograms(Ops ops, Variables variables) {
    List<Operand<TString>> summaries = new ArrayList<>();
    for (Variable<TFloat32> weight : variables.weights()) {
      summaries.add(
          ops.summary.histogramSummary(ops.constant(weight.name()), weight.value()).summary());
    }
    return ops.summary.mergeSummary(summaries).summary();
  }

  /** The summary that was fetched first. */
  public static Summary read(Result result) {
    try {
      return Summary.parseFrom(((TString) result.get(0)).asBytes().getObject());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("TensorFlow wrote a summary that is none", e);
    }
  }

  /** Runs nothing but {@code output}. */
  public static Summary fetch(Session session, Operand<TString> output) {
    try (Result result = session.runner().fetch(output).run()) {
      return read(result);
    }
  }
}
