package dev.trainyard.trainer.input;

import dev.trainyard.trainer.graph.Choice;
import dev.trainyard.trainer.input.image.Pixels;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.MutableHashTable;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * Decoded images, kept from when they are first seen. Only pixels as the decoder gave them are
 * kept, and they are looked up by what is encoded, not by their place in the pipeline: with and
 * without a cache, and after a resume, batches are the same bit for bit.
 *
 * <p>A table in TensorFlow's memory holds the images themselves, or the files that hold them. It is
 * keyed by a 63-bit fingerprint of the encoded bytes: among a million different images the odds of
 * any two sharing one are below one in ten million. What a killed process left on disk is in no
 * table, so it is never read.
 *
 * @param folder for files; null keeps images in memory
 */
record ImageCache(@Nullable Path folder) {

  private static final long MOST_FINGERPRINTS = Long.MAX_VALUE;
  private static final long FILES_A_FOLDER = 4096;

  /**
   * The pixels of an image, {@code [height, width, 3]}.
   *
   * @param encoded scalar
   * @param number scalar: the record's in the pipeline, which no other one being read has
   * @param pipeline the pipeline's name
   */
  Operand<TUint8> pixels(
      Ops ops, Operand<TString> encoded, Operand<TInt64> number, String pipeline) {
    Operand<TInt64> key = ops.strings.toHashBucketFast(encoded, MOST_FINGERPRINTS);
    // The one of that name, whoever asks: pipelines share it, and it outlives their restarts.
    MutableHashTable table =
        ops.mutableHashTable(
            TInt64.class, TString.class, MutableHashTable.sharedName("decoded_images"));
    Operand<TString> nothing = ops.constant("");
    Operand<TString> found = ops.lookupTableFind(table, key, nothing);
    return Choice.between(
        ops,
        ops.math.notEqual(found, nothing),
        found,
        known -> ops.io.parseTensor(folder == null ? known : ops.io.readFile(known), TUint8.class),
        encoded,
        unknown -> {
          Operand<TUint8> pixels = Pixels.decoded(ops, unknown);
          Op kept = keep(ops, table, key, ops.io.serializeTensor(pixels), number, pipeline);
          return ops.withControlDependencies(List.of(kept)).identity(pixels);
        });
  }

  private Op keep(
      Ops ops,
      MutableHashTable table,
      Operand<TInt64> key,
      Operand<TString> pixels,
      Operand<TInt64> number,
      String pipeline) {
    if (folder == null) {
      return ops.lookupTableInsert(table, key, pixels);
    }
    // One file for each time that an image is decoded: the same image may be decoded twice at a
    // time, and nobody must read a file that is being written again.
    Operand<TString> file = file(ops, folder.resolve(pipeline), number);
    Op written = ops.io.writeFile(file, pixels);
    return ops.withControlDependencies(List.of(written)).lookupTableInsert(table, key, file);
  }

  private static Operand<TString> file(Ops ops, Path folder, Operand<TInt64> number) {
    Operand<TInt64> subfolder = ops.math.floorDiv(number, ops.constant(FILES_A_FOLDER));
    return ops.strings.join(
        List.of(
            ops.constant(folder + "/"),
            ops.dtypes.asString(subfolder),
            ops.constant("/"),
            ops.dtypes.asString(number)));
  }
}
