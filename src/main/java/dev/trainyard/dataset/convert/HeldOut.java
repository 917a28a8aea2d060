package dev.trainyard.dataset.convert;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that are taken out of the files that they came in, one shard after the other. */
final class HeldOut implements Closeable {

  private final Path folder;
  private final long shardSize;
  private final List<Manifest.Shard> full = new ArrayList<>();
  private @Nullable ShardWriter writer;
  private long bytes;

  HeldOut(Path folder, long shardSize) {
    this.folder = folder;
    this.shardSize = shardSize;
  }

  /** The shard that the next record goes to. */
  String name() {
    return "held-out-" + full.size();
  }

  /** Where the next record begins there. */
  long offset() {
    return writer == null ? 0 : writer.bytes();
  }

  void write(byte[] record) throws IOException {
    ShardWriter current = writer;
    if (current == null) {
      current = new ShardWriter(folder, name());
      writer = current;
    }
    current.write(record);
    bytes += record.length;
    if (bytes >= shardSize) {
      finish();
    }
  }

  /** All shards so far. */
  List<Manifest.Shard> finish() throws IOException {
    ShardWriter current = writer;
    if (current != null) {
      current.close();
      full.add(current.written());
      writer = null;
      bytes = 0;
    }
    return full;
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
