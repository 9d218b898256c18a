package io.castalia.persistence.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that listen some time after they have been told where, and maybe again. None is
 * of those that systems give to connections and to sockets that take any port (from 32,768 on, or
 * later): by then it would be another's now and then. Thread-safe.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int COUNT = 10_000;

  /** Each process begins somewhere else, so that two do not give the same at the same time. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePorts() {}

  /** A port of loopback. */
  public static int next() {
    return next(InetAddress.getLoopbackAddress());
  }

  /**
   * A port at which nobody listens, and which is not given again before all others were.
   *
   * @param address of this machine
   * @throws IllegalStateException if there is none
   */
  public static int next(InetAddress address) {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (isFree(address, port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "expected a free port of %s from %d to %d, but there is none"
            .formatted(address.getHostAddress(), FIRST, FIRST + COUNT - 1));
  }

  static boolean isFree(InetAddress address, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, address)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
