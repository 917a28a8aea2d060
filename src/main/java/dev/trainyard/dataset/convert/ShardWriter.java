package dev.trainyard.dataset.convert;

import dev.trainyard.tfrecord.TfRecordWriter;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** One shard, hashed while it is written. */
public final class ShardWriter implements Closeable {

  private final String name;
  private final MessageDigest digest = Sha256.digest();
  private final TfRecordWriter records;
  private long examples;
  private long bytes;

  ShardWriter(Path folder, String name) throws IOException {
    this(Files.newOutputStream(folder.resolve(name)), name);
  }

  /** Writes to {@code file}, which this closes. */
  public ShardWriter(OutputStream file, String name) {
    this.name = name;
    this.records =
        new TfRecordWriter(new BufferedOutputStream(new DigestOutputStream(file, digest), 1 << 16));
  }

  public void write(byte[] example) throws IOException {
    records.write(example);
    examples++;
    bytes += example.length + TfRecordWriter.overhead();
  }

  /** So far: where the next record begins. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }

  /** To be asked once it is closed. */
  public Manifest.Shard written() {
    return new Manifest.Shard(name, examples, bytes, HexFormat.of().formatHex(digest.digest()));
  }
}
