package dev.trainyard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Many clients that listen to a stream of events with plain sockets, on one thread: whoever is cut
 * off comes back with the id of the last event it has, as a browser does.
 */
public final class Crowd implements AutoCloseable {

  /** So small that a service soon has nowhere to put what a client does not read. */
  private static final int RECEIVE_BUFFER = 4096;

  private final Selector selector;
  private final List<Member> members;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
  private final Thread thread = new Thread(this::listen, "crowd");
  private final Queue<Member> awake = new ConcurrentLinkedQueue<>();
  private volatile boolean open = true;

  /**
   * @param slow of them, which do not read until {@link #wake()}
   */
  public Crowd(List<Integer> ports, String path, int size, int slow) {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    members =
        IntStream.range(0, size)
            .mapToObj(n -> new Member(ports.get(n % ports.size()), path, n < slow))
            .toList();
    members.forEach(Member::connect);
    awake.addAll(members.stream().filter(member -> !member.slow).toList());
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Whether all that are not slow have heard what makes the last event they have heard the last.
   */
  public boolean haveHeard(Predicate<List<Long>> enough) {
    return members.stream().filter(member -> !member.slow).allMatch(m -> enough.test(m.heard()));
  }

  /** Those that were slow are so no longer. */
  public void wake() {
    for (Member member : members) {
      if (member.slow) {
        member.slow = false;
        awake.add(member);
      }
    }
    selector.wakeup();
  }

  /** The ids of the events that each has heard, in order. */
  public List<List<Long>> heard() {
    return members.stream().map(Member::heard).toList();
  }

  /** How often one of them had to connect again. */
  public int returns() {
    return members.stream().mapToInt(member -> member.returns).sum();
  }

  private void listen() {
    try {
      while (open) {
        for (Member member = awake.poll(); member != null; member = awake.poll()) {
          member.channel().register(selector, SelectionKey.OP_READ, member);
        }
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          ((Member) key.attachment()).read();
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    open = false;
    selector.wakeup();
    try {
      thread.join(5000);
      for (Member member : members) {
        member.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Member {

    private final int port;
    private final String path;
    private final List<Long> heard = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private volatile boolean slow;
    private volatile int returns = -1;
    private @Nullable SocketChannel channel;
    private String lastId = "";
    private boolean event;

    private Member(int port, String path, boolean slow) {
      this.port = port;
      this.path = path;
      this.slow = slow;
    }

    private synchronized List<Long> heard() {
      return List.copyOf(heard);
    }

    private SocketChannel channel() {
      if (channel == null) {
        throw new IllegalStateException("Not connected");
      }
      return channel;
    }

    private void connect() {
      try {
        SocketChannel connected = SocketChannel.open();
        connected.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        connected.connect(new InetSocketAddress("127.0.0.1", port));
        // HTTP/1.0: no chunks to be parsed.
        String request =
            "GET "
                + path
                + " HTTP/1.0\r\nHost: localhost\r\nAuthorization: "
                + TestToken.BEARER
                + "\r\n";
        if (!lastId.isEmpty()) {
          request += "Last-Event-ID: " + lastId + "\r\n";
        }
        connected.write(ByteBuffer.wrap((request + "\r\n").getBytes(UTF_8)));
        connected.configureBlocking(false);
        channel = connected;
        line.setLength(0);
        event = false;
        returns++;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private synchronized void read() throws IOException {
      int n;
      try {
        buffer.clear();
        n = channel().read(buffer);
      } catch (IOException e) { // a reset
        n = -1;
      }
      if (n < 0) {
        channel().close();
        connect();
        awake.add(this);
        return;
      }
      buffer.flip();
      while (buffer.hasRemaining()) {
        char c = (char) buffer.get();
        if (c == '\n') {
          hear(line.toString());
          line.setLength(0);
        } else {
          line.append(c);
        }
      }
    }

    private void hear(String said) {
      if (said.startsWith("id: ")) {
        lastId = said.substring(4);
      } else if (said.startsWith("event: ")) {
        event = true;
      } else if (said.isEmpty() && event) {
        heard.add(Long.valueOf(lastId));
        event = false;
      }
    }
  }
}
