package dev.trainyard.event.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that listens. It is only written to while its connection takes more without waiting;
 * while that is full it holds what the connection's buffers hold, and no thread. Its content is a
 * cursor, so nothing piles up for it. The container cuts off one that takes nothing for long.
 */
final class Listener implements WriteListener, AsyncListener {

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  /** Pieces for one before it is another's turn. */
  private static final int TURN = 32;

  private final AsyncContext request;
  private final ServletOutputStream out;
  private final Content content;
  private final Executor turns;
  private final Consumer<Listener> gone;
  private final AtomicBoolean waits = new AtomicBoolean();
  private boolean open;
  private boolean closed;
  private boolean unflushed;
  private boolean leaving;
  private long spoken = System.nanoTime();

  /**
   * @param turns on whose threads it is written to
   * @param gone is told when it is not there any more
   */
  Listener(
      AsyncContext request,
      ServletOutputStream out,
      Content content,
      Executor turns,
      Consumer<Listener> gone) {
    this.request = request;
    this.out = out;
    this.content = content;
    this.turns = turns;
    this.gone = gone;
  }

  void start() {
    request.setTimeout(0);
    request.addListener(this);
    out.setWriteListener(this);
  }

  /** There may be something to be told. */
  void tell() {
    if (waits.compareAndSet(false, true)) {
      try {
        turns.execute(this::turn);
      } catch (RejectedExecutionException e) {
        LOG.debug("All is over");
      }
    }
  }

  /** Says something if nothing was said for so long. */
  synchronized void comfort(Duration silence) {
    if (System.nanoTime() - spoken >= silence.toNanos()) {
      byte[] word = content.heartbeat();
      if (word != null && open && !closed) {
        write(
            () -> {
              if (out.isReady()) {
                say(word);
              }
            });
      }
    }
  }

  /** Ends when what was begun is told. */
  synchronized void leave() {
    leaving = true;
    tell();
  }

  private void turn() {
    waits.set(false);
    synchronized (this) {
      if (open && !closed) {
        write(this::tellSome);
      }
    }
  }

  private void tellSome() throws IOException {
    for (int pieces = 0; out.isReady(); pieces++) {
      byte[] piece = leaving ? null : content.next();
      if (piece != null) {
        say(piece);
        if (pieces == TURN) {
          tell();
          return;
        }
      } else if (unflushed) {
        unflushed = false;
        out.flush();
      } else if (leaving || content.isOver()) {
        closed = true;
        request.complete();
        return;
      } else {
        return;
      }
    }
  }

  /** To a connection that is ready; what is too much for it the container sends when it can. */
  private void say(byte[] words) throws IOException {
    out.write(words);
    unflushed = true;
    spoken = System.nanoTime();
  }

  private void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException | IllegalStateException e) {
      close(e); // the container then calls onError, which completes it
    } catch (RuntimeException e) {
      LOG.warn("A listener hears nothing for now: {}", e.toString());
    }
  }

  @Override
  public synchronized void onWritePossible() {
    open = true;
    tell();
  }

  @Override
  public synchronized void onError(Throwable problem) {
    close(problem);
  }

  private void close(Throwable problem) {
    LOG.debug("A listener is gone: {}", problem.toString());
    closed = true;
    gone.accept(this);
  }

  @Override
  public synchronized void onComplete(AsyncEvent event) {
    closed = true;
    gone.accept(this);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // There is none: setTimeout(0).
  }

  /** Completed here, or the container would try to tell the client of its own absence. */
  @Override
  public synchronized void onError(AsyncEvent event) {
    closed = true;
    gone.accept(this);
    event.getAsyncContext().complete();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Never begun anew.
  }

  private interface Writing {
    void run() throws IOException;
  }
}
