package dev.trainyard.trainer.loop;

import dev.trainyard.spec.Precision;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variables;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * The memory that training takes at the least, which the graph tells before it runs: what the
 * forward pass keeps for the backward pass, and the weights with their slots and gradients. Buffers
 * of the pipeline and of single operations come on top.
 *
 * @param fixed bytes, whatever the batch
 * @param perImage bytes
 * @param part images that are computed at a time, by all replicas together
 * @param batchSize images of a step
 * @param replicas that share each part
 */
record MemoryNeed(long fixed, long perImage, int part, int batchSize, int replicas) {

  /** Operations whose output is their input's buffer, or is computed together with it. */
  private static final Set<String> FREE =
      Set.of("BiasAdd", "EnsureShape", "ExpandDims", "Identity", "Reshape", "Squeeze");

  private static final String GRADIENTS = "replica_";

  /**
   * @param graph with the training passes and their gradients, and no other pass yet
   * @param parts that a batch is computed in
   */
  static MemoryNeed of(
      Graph graph,
      Variables variables,
      int batchSize,
      int parts,
      int replicas,
      Precision precision) {
    long values = 0;
    for (Variable<?> variable : variables.saved()) {
      values += variable.shape().size();
    }
    for (Variable<?> weight : variables.weights()) {
      values += weight.shape().size(); // its gradient
    }
    int part = batchSize / parts;
    long kept = kept(graph, part / replicas);
    int size = precision == Precision.BFLOAT16 ? Short.BYTES : Float.BYTES;
    return new MemoryNeed(values * Float.BYTES, kept * size / part, part, batchSize, replicas);
  }

  /** Values in all activations of {@code images} images. */
  private static long kept(Graph graph, int images) {
    long values = 0;
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
      GraphOperation operation = all.next();
      if (operation.numOutputs() > 0
          && !operation.name().startsWith(GRADIENTS)
          && !FREE.contains(operation.type())) {
        Output<?> output = operation.output(0);
        Shape shape = output.shape();
        if (output.dataType() == DataType.DT_FLOAT
            && shape.numDimensions() > 1
            && !shape.hasUnknownDimension()
            && shape.get(0) == images) {
          values += shape.size();
        }
      }
    }
    return values;
  }

  /** What a step takes at the least. */
  long bytes() {
    return fixed + perImage * part;
  }

  /** The largest batch that might fit into {@code memory}, in as many parts as now; 0: none. */
  int largestBatch(long memory) {
    return whole((memory - fixed) / Math.max(1, perImage));
  }

  /**
   * The same, by what this batch took.
   *
   * @param before bytes that the process had when only the weights were there
   * @param peak the most that it had in a step
   */
  int largestBatch(long memory, long before, long peak) {
    long each = Math.max(perImage, (peak - before) / part);
    return whole((memory - before) / Math.max(1, each));
  }

  /** A batch that computes so many images at a time. */
  private int whole(long images) {
    long limited = Math.max(0, Math.min(Integer.MAX_VALUE / 1024, images));
    return (int) (limited / replicas * replicas * (batchSize / part));
  }

  /**
   * @param free bytes that this process could take
   * @throws NotEnoughMemoryException when training takes more
   */
  void check(long free) {
    long needed = bytes();
    if (needed > free) {
      throw new NotEnoughMemoryException(
          "Training needs at least %s of memory, %s for %d images at a time and %s for the weights, and %s are free. %s"
              .formatted(
                  megabytes(needed),
                  megabytes(perImage * part),
                  part,
                  megabytes(fixed),
                  megabytes(free),
                  advice(fitting(free))),
          null);
    }
  }

  /** What is thrown when memory ran out although the least that is needed was there. */
  NotEnoughMemoryException ranOut(RuntimeException failure, long free) {
    return new NotEnoughMemoryException(
        "TensorFlow ran out of memory with %d images at a time. %s %s"
            .formatted(
                part,
                advice(Math.min(fitting(free), part / 2)),
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("")),
        failure);
  }

  /** Images at a time that fit; 0 when not even one does. */
  private int fitting(long free) {
    long images = Math.max(0, free - fixed) / Math.max(1, perImage);
    return (int) Math.min(part, images);
  }

  private String advice(int atMost) {
    int images = atMost / replicas * replicas;
    if (images < 1) {
      return "No batch would fit: lower input.height and input.width, or choose a smaller model.";
    }
    int parts = batchSize / part;
    while (batchSize / parts > images || batchSize % (parts * replicas) != 0) {
      parts++;
    }
    return "A training.batchSize of %d would fit, or training.gradientAccumulationSteps %d, which computes the same batch in parts."
        .formatted(images, parts);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", bytes >> 20);
  }
}
