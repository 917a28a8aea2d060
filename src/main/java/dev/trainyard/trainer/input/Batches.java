package dev.trainyard.trainer.input;

import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The next batch of a pipeline, each time a session runs it.
 *
 * @param images {@code [batch, height, width, 3]} float32, [0, 255] scaled to [-1, 1]; where the
 *     spec says {@code transpose}, {@code [height, width, 3, batch]}
 * @param labels {@code [batch]} int32 from 0
 * @param restart starts from the first batch; run it once before anything else
 */
public record Batches(Operand<TFloat32> images, Operand<TInt32> labels, Op restart) {}
