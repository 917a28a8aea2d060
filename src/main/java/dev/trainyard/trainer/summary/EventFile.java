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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/**
 * A TensorBoard event file: {@code tensorflow.Event} messages in TFRecord framing, the first of
 * which names the format's version. Each event is readable as soon as it is written.
 */
final class EventFile implements Closeable {

  private static final String FORMAT = "brain.Event:2";
  private static final String PREFIX = "events.out.tfevents.";
  private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "(\\d{10})\\..*");

  private final Clock clock;
  private final OutputStream out;
  private final TfRecordWriter records;

  /**
   * Begins a new file in {@code folder}, which is made if it is not there.
   *
   * @param attempt keeps apart the files of attempts that begin at the same time
   */
  EventFile(Path folder, int attempt, Clock clock) throws IOException {
    this.clock = clock;
    Files.createDirectories(folder);
    long second = Math.max(clock.instant().getEpochSecond(), newest(folder) + 1);
    String name = PREFIX + "%010d.attempt-%d".formatted(second, attempt);
    this.out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)));
    this.records = new TfRecordWriter(out);
    write(Event.newBuilder().setFileVersion(FORMAT));
  }

  /**
   * TensorBoard reads a folder's files in the order of their names, so the time comes first; but
   * the clocks of two workers need not agree.
   */
  private static long newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .mapToLong(name -> Long.parseLong(name.group(1)))
          .max()
          .orElse(0);
    }
  }

  /** What earlier files say of this step and later ones is void: readers forget it. */
  void restart(long step) throws IOException {
    write(
        Event.newBuilder()
            .setStep(step)
            .setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START)));
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
