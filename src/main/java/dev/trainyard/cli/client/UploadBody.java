package dev.trainyard.cli.client;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.LongConsumer;

/**
 * A {@code multipart/form-data} body (RFC 7578) of text fields and one file, which is read while it
 * is sent.
 *
 * @param sent is told how many bytes of the file have gone out, from 0 when it is sent again
 */
public record UploadBody(
    Map<String, String> fields, Path file, LongConsumer sent, String boundary) {

  public UploadBody(Map<String, String> fields, Path file, LongConsumer sent) {
    this(fields, file, sent, "trainyard-" + UUID.randomUUID());
  }

  public String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  public BodyPublisher publisher() throws FileNotFoundException {
    StringBuilder head = new StringBuilder();
    fields.forEach(
        (name, value) ->
            head.append("--" + boundary + "\r\n")
                .append("Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n")
                .append(value + "\r\n"));
    head.append("--" + boundary + "\r\n")
        .append("Content-Disposition: form-data; name=\"file\"; filename=\"")
        .append(escaped(String.valueOf(file.getFileName())) + "\"\r\n")
        .append("Content-Type: application/octet-stream\r\n\r\n");
    BodyPublisher content = BodyPublishers.ofFile(file);
    return BodyPublishers.concat(
        BodyPublishers.ofString(head.toString()),
        BodyPublishers.fromPublisher(
            to -> content.subscribe(new Counting(to, sent)), content.contentLength()),
        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
  }

  private static String escaped(String fileName) {
    return fileName.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static final class Counting implements Subscriber<ByteBuffer> {

    private final Subscriber<? super ByteBuffer> to;
    private final LongConsumer sent;
    private long bytes;

    Counting(Subscriber<? super ByteBuffer> to, LongConsumer sent) {
      this.to = to;
      this.sent = sent;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      to.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer buffer) {
      bytes += buffer.remaining();
      sent.accept(bytes);
      to.onNext(buffer);
    }

    @Override
    public void onError(Throwable failure) {
      to.onError(failure);
    }

    @Override
    public void onComplete() {
      to.onComplete();
    }
  }
}
