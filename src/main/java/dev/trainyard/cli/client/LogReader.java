package dev.trainyard.cli.client;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A job's log, piece by piece, from where the last piece ended; each piece ends with a line. */
public final class LogReader {

  private static final int PIECE = 1 << 20;
  private static final int TAIL = 1 << 18;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/\\d+");
  private static final int NOT_SATISFIABLE = 416;

  private final ServiceClient service;
  private final String path;
  private long offset;

  public LogReader(ServiceClient service, String id) {
    this.service = service;
    this.path = "/api/v1/jobs/" + id + "/log";
  }

  /** The last lines, of the last 256 kB at most; what comes after them is next. */
  public List<String> tail(int lines) throws IOException, InterruptedException {
    String text = text(range("-" + TAIL));
    List<String> all = text.isEmpty() ? List.of() : Arrays.asList(text.split("\n"));
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }

  /**
   * The next whole lines, a megabyte at most; empty when there are none yet.
   *
   * @param last whether no more will be written, so that half a line is a piece, too
   */
  public String next(boolean last) throws IOException, InterruptedException {
    byte[] piece = range(offset + "-" + (offset + PIECE - 1));
    int end = piece.length;
    if (!last && end < PIECE) {
      while (end > 0 && piece[end - 1] != '\n') {
        end--;
      }
    }
    offset -= piece.length - end;
    return text(Arrays.copyOf(piece, end));
  }

  private byte[] range(String range) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        service.exchange(
            service.request(path).header("Range", "bytes=" + range), BodyHandlers.ofByteArray());
    int status = response.statusCode();
    if (status == NOT_SATISFIABLE) {
      return new byte[0];
    }
    if (status >= 400) {
      throw service.refused(status, text(response.body()));
    }
    // Somebody between us and the service may not know ranges.
    byte[] body = status == 206 ? response.body() : after(response.body());
    Matcher sent = RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
    offset = sent.matches() ? Long.parseLong(sent.group(2)) + 1 : offset + body.length;
    return body;
  }

  private byte[] after(byte[] whole) {
    return Arrays.copyOfRange(whole, (int) Math.min(offset, whole.length), whole.length);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
