package io.castalia.node;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The nodes to look for a cluster at. A node may form a cluster only if it is the first of them,
 * and none of the others can be in one: a second cluster on the same store would take the logs of
 * the first one again and again. A seed node that is only slow to answer may be in one; one at
 * whose address nothing listens is not.
 */
final class SeedNodes {
  private static final int PROBE_MILLIS = 1_000;

  private final ClusterSettings settings;
  private final Predicate<String> dead;

  SeedNodes(ClusterSettings settings) {
    this(settings, SeedNodes::refuses);
  }

  /**
   * The same with another way to look.
   *
   * @param dead whether nothing listens at {@code HOST:PORT} for certain
   */
  SeedNodes(ClusterSettings settings, Predicate<String> dead) {
    this.settings = settings;
    this.dead = dead;
  }

  /**
   * Whom to ask now, in the order that Pekko takes: where this node is the first, it forms a
   * cluster as soon as all others have said that they are in none.
   */
  List<String> toAsk() {
    List<String> others = settings.otherSeedNodes();
    if (settings.seedNodes().isEmpty() || !isFirst()) {
      return others;
    }
    return Stream.concat(
            settings.seedNodes().stream().limit(1), others.stream().filter(dead.negate()))
        .toList();
  }

  private boolean isFirst() {
    return !settings.otherSeedNodes().contains(settings.seedNodes().get(0));
  }

  /** What an operator wants to know of them first: whether anything listens there. */
  String describe() {
    List<String> words = new ArrayList<>();
    for (String other : settings.otherSeedNodes()) {
      words.add(
          other
              + (dead.test(other)
                  ? " (refuses connections)"
                  : " (may be there, but does not answer)"));
    }
    return words.isEmpty() ? "none but this one" : String.join(", ", words);
  }

  private static boolean refuses(String hostPort) {
    int colon = hostPort.lastIndexOf(':');
    int port = Integer.parseInt(hostPort.substring(colon + 1));
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(hostPort.substring(0, colon), port), PROBE_MILLIS);
      return false;
    } catch (ConnectException e) {
      return true;
    } catch (IOException e) {
      // Out of reach or not resolved: it may be there all the same.
      return false;
    }
  }
}
