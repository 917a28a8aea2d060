package dev.trainyard.dataset.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of a file; others read elsewhere in it meanwhile. Closing it leaves the file open. */
final class Stretch extends InputStream {

  private final FileChannel file;
  private final long end;
  private long position;

  Stretch(FileChannel file, long start, long length) {
    this.file = file;
    this.position = start;
    this.end = start + length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (position == end) {
      return -1;
    }
    int most = (int) Math.min(length, end - position);
    int read = file.read(ByteBuffer.wrap(bytes, offset, most), position);
    position += Math.max(0, read);
    return read;
  }

  /**
   * All of it at once.
   *
   * @throws ArchiveException when the file ends before
   */
  static byte[] read(FileChannel file, long start, long length) throws IOException {
    if (length > file.size() - start) { // before there is memory for it
      throw new ArchiveException("is damaged in the archive: it ends too early");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, start + bytes.position()) < 0) {
        throw new ArchiveException("is damaged in the archive: it ends too early");
      }
    }
    return bytes.array();
  }
}
