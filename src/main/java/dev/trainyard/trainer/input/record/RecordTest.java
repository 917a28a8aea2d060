package dev.trainyard.trainer.input.record;

import dev.trainyard.trainer.input.image.Pixels;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * Tries single records with the operations that a pipeline uses. Owns native memory until closed;
 * may be used by many threads.
 */
final class RecordTest implements AutoCloseable {

  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TString> record;
  private final Operand<TUint8> pixels;
  private final Operand<TInt32> label;

  RecordTest(int classes) {
    Ops ops = Ops.create(graph);
    record = ops.placeholder(TString.class);
    ParsedRecord parsed = ParsedRecord.of(ops, record, classes);
    pixels = Pixels.decoded(ops, parsed.encoded());
    label = parsed.label();
    session = new Session(graph);
  }

  /** Why the record cannot be used; empty when it can. */
  Optional<String> problem(byte[] bytes) {
    try (TString value = TString.tensorOfBytes(NdArrays.scalarOfObject(bytes))) {
      session
          .runner()
          .feed(record, value)
          .addTarget(pixels.op())
          .addTarget(label.op())
          .run()
          .close();
      return Optional.empty();
    } catch (TFResourceExhaustedException e) {
      throw e;
    } catch (TensorFlowException | TFInvalidArgumentException e) {
      return Optional.of(firstLine(e));
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceAll("\\.$", "");
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
