package io.castalia.bench.groups;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * Thousands of connections on one thread: the one that calls {@link #turn}. Not thread-safe;
 * everything that connections call back runs within a turn.
 */
final class WireLoop implements AutoCloseable {
  /** The largest response that is taken: that of a join to the leader of thousands. */
  private static final int MAX_RESPONSE = 4 * 1024 * 1024;

  private final Selector selector;
  private final ByteBuffer input = ByteBuffer.allocateDirect(Integer.BYTES + MAX_RESPONSE);
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::at));

  private record Alarm(long at, Runnable action) {}

  WireLoop() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens a connection.
   *
   * @param bootstrap HOST:PORT
   */
  WireConnection connect(String bootstrap, WireConnection.Owner owner) {
    int colon = bootstrap.lastIndexOf(':');
    InetSocketAddress address =
        new InetSocketAddress(
            bootstrap.substring(0, colon), Integer.parseInt(bootstrap.substring(colon + 1)));
    try {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.socket().setTcpNoDelay(true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      WireConnection connection = new WireConnection(channel, key, owner);
      key.attach(connection);
      channel.connect(address);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException("expected to connect to " + bootstrap, e);
    }
  }

  /** Runs an action at a time of {@link System#nanoTime}, within a turn. */
  void at(long nanoTime, Runnable action) {
    alarms.add(new Alarm(nanoTime, action));
  }

  /** Runs an action after a while, within a turn. */
  void after(long millis, Runnable action) {
    at(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), action);
  }

  /**
   * Does what there is to do; waits for it until the time of {@link System#nanoTime}, or up to a
   * millisecond longer.
   */
  void turn(long until) {
    Alarm next = alarms.peek();
    long wait = (next == null ? until : Math.min(until, next.at())) - System.nanoTime();
    try {
      if (wait <= 0) {
        selector.selectNow(this::ready);
      } else {
        selector.select(this::ready, Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ring(System.nanoTime());
  }

  private void ring(long now) {
    for (Alarm due = alarms.peek(); due != null && due.at() <= now; due = alarms.peek()) {
      alarms.remove();
      due.action().run();
    }
  }

  private void ready(SelectionKey key) {
    if (key.attachment() instanceof WireConnection connection) {
      connection.ready(input);
    }
  }

  @Override
  public void close() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
