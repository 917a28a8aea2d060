package dev.trainyard.cli.client;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** Asks for a resource when it has changed, and not before ({@code Prefer: wait} with an ETag). */
public final class LongPoll {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final ServiceClient service;
  private final String path;
  private final Duration wait;
  private final Patience patience;
  private String etag = "";

  /**
   * @param wait in whole seconds
   */
  public LongPoll(ServiceClient service, String path, Duration wait) {
    this.service = service;
    this.path = path;
    this.wait = wait;
    this.patience = service.patience();
  }

  /** What it is now, the first time at once, then as soon as it is new; empty when it is not. */
  public Optional<Answer> next() throws IOException, InterruptedException {
    while (true) {
      try {
        return Optional.of(ask()).filter(answer -> answer.status() == 200);
      } catch (IOException e) {
        patience.endure(e);
      }
    }
  }

  private Answer ask() throws IOException, InterruptedException {
    HttpRequest.Builder request = service.request(path).timeout(wait.plus(GRACE));
    boolean first = etag.isEmpty();
    if (!first) {
      request.header("Prefer", "wait=" + wait.toSeconds()).header("If-None-Match", etag);
    }
    Answer answer = service.send(request);
    patience.renew();
    etag = answer.status() == 200 ? answer.header("ETag") : etag;
    if (!first && answer.header("Preference-Applied").isEmpty()) {
      Thread.sleep(PAUSE.toMillis()); // it could not wait, so we do
    }
    return answer;
  }
}
