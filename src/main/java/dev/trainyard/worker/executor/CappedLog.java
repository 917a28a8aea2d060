package dev.trainyard.worker.executor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.util.unit.DataSize;

/** A job's log, to which all its attempts add until it is full. */
record CappedLog(Path file, DataSize limit) {

  OutputStream open() throws IOException {
    OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return new Capped(out, limit, limit.toBytes() - Files.size(file));
  }

  private static final class Capped extends OutputStream {

    private final OutputStream out;
    private final DataSize limit;
    private long left;

    private Capped(OutputStream out, DataSize limit, long left) {
      this.out = out;
      this.limit = limit;
      this.left = left;
    }

    @Override
    public void write(int oneByte) throws IOException {
      write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int fitting = (int) Math.max(0, Math.min(length, left));
      out.write(bytes, offset, fitting);
      if (left > 0 && fitting < length) {
        String end = "%n[The log has %d MB; what follows is left out.]%n";
        out.write(end.formatted(limit.toMegabytes()).getBytes(StandardCharsets.UTF_8));
      }
      left -= length;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
