package dev.trainyard.trainer.summary;

import dev.trainyard.tfrecord.TfRecordWriter;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.Summary;

/**
 * A TensorBoard event file: {@code tensorflow.Event} messages in TFRecord framing, the first of
 * which names the format's version. Each event is readable as soon as it is written.
 */
final class EventFile implements Closeable {

  private static final String FORMAT = "brain.Event:2";

  private final Clock clock;
  private final OutputStream out;
  private final TfRecordWriter records;

  /**
   * Begins a new file in {@code folder}, which is made if it is not there.
   *
   * @param attempt keeps apart the files of attempts that begin in the same second
   */
  EventFile(Path folder, int attempt, Clock clock) throws IOException {
    this.clock = clock;
    Files.createDirectories(folder);
    // TensorBoard reads a folder's files in the order of their names, so the time comes first.
    String name =
        "events.out.tfevents.%010d.attempt-%d".formatted(clock.instant().getEpochSecond(), attempt);
    this.out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)));
    this.records = new TfRecordWriter(out);
    write(Event.newBuilder().setFileVersion(FORMAT));
  }

  /** Adds one value to each of the series named by {@code scalars}. */
  void write(long step, Map<String, Double> scalars) throws IOException {
    Summary.Builder summary = Summary.newBuilder();
    scalars.forEach(
        (tag, value) ->
            summary.addValue(
                Summary.Value.newBuilder().setTag(tag).setSimpleValue(value.floatValue())));
    write(step, summary.build());
  }

  /** Adds what {@code summary} holds. */
  void write(long step, Summary summary) throws IOException {
    write(Event.newBuilder().setStep(step).setSummary(summary));
  }

  /** Adds a graph; TensorBoard shows one a file. */
  void write(GraphDef graph) throws IOException {
    write(Event.newBuilder().setGraphDef(graph.toByteString()));
  }

  private synchronized void write(Event.Builder event) throws IOException {
    records.write(event.setWallTime(clock.millis() / 1000.0).build().toByteArray());
    out.flush();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
