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
import org.jspecify.annotations.Nullable;
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
  private final Duration heartbeat;
  private volatile boolean open;
  private volatile boolean leaving;
  private boolean closed;
  private boolean unflushed = true; // the head, so that a client knows that it is heard
  private long spoken = System.nanoTime();

  /**
   * @param heartbeat after so much silence
   * @param turns on whose threads it is written to
   * @param gone is told when it is not there any more
   */
  Listener(
      AsyncContext request,
      ServletOutputStream out,
      Content content,
      Duration heartbeat,
      Executor turns,
      Consumer<Listener> gone) {
    this.request = request;
    this.out = out;
    this.content = content;
    this.heartbeat = heartbeat;
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

  /** Ends when what was begun is told. */
  void leave() {
    leaving = true;
    tell();
  }

  private void turn() {
    waits.set(false);
    synchronized (content) { // one turn at a time, and nobody else waits for what it reads
      for (int pieces = 0; isReady(); pieces++) {
        if (pieces == TURN) {
          tell();
          return;
        }
        byte[] piece = leaving ? null : piece();
        boolean over = leaving || content.isOver();
        boolean silent = System.nanoTime() - spoken >= heartbeat.toNanos();
        if (piece == null && !over && silent) {
          piece = content.heartbeat();
        }
        if (!handOver(piece, over)) {
          return;
        }
      }
    }
  }

  private byte @Nullable [] piece() {
    try {
      return content.next();
    } catch (IOException e) {
      LOG.warn("A listener is let go: {}", e.toString());
      leaving = true;
    } catch (RuntimeException e) { // the database, of which the feed tells
      LOG.debug("A listener hears nothing for now", e);
    }
    return null;
  }

  private synchronized boolean isReady() {
    return open && !closed && out.isReady();
  }

  /**
   * To a connection that is ready; what is too much for it the container sends when it can.
   *
   * @return whether there may be more to do
   */
  private synchronized boolean handOver(byte @Nullable [] piece, boolean over) {
    if (closed) {
      return false;
    }
    try {
      if (piece != null) {
        out.write(piece);
        unflushed = true;
        spoken = System.nanoTime();
        return true;
      }
      if (unflushed) {
        unflushed = false;
        out.flush();
        return true;
      }
      if (over) {
        closed = true;
        request.complete();
      }
    } catch (IOException | IllegalStateException e) {
      close(e); // the container then calls onError, which completes it
    }
    return false;
  }

  @Override
  public void onWritePossible() {
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
}
