package io.castalia.node.crash;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.cluster.UniqueAddress;

/**
 * Which nodes have crashed, judged by who refuses connections. Whoever is refused by half of the
 * nodes or more judges nobody on other hosts: it may be the one that is cut off. From its own host
 * it is not.
 */
final class Refusals {
  /** Long enough for all that a split cuts off to be seen as refusing together. */
  private static final Duration SETTLING = Duration.ofMillis(300);

  /** Until then, nodes that were found to have crashed count as nodes that refuse. */
  private static final Duration MEMORY = Duration.ofSeconds(30);

  private final Optional<String> host;
  private final Map<UniqueAddress, Long> since = new HashMap<>();
  private final Map<UniqueAddress, Long> crashed = new HashMap<>();

  /**
   * Knows of no refusals.
   *
   * @param self the node that is refused
   */
  Refusals(UniqueAddress self) {
    this.host = self.address().getHost();
  }

  /** A node refused a connection. */
  void refused(UniqueAddress node, long nanos) {
    since.putIfAbsent(node, nanos);
  }

  /** A node took a connection, or is none of the cluster's any more. */
  void forget(UniqueAddress node) {
    since.remove(node);
  }

  /**
   * The nodes that have crashed and were not named before.
   *
   * @param members all nodes of the cluster, this one included
   */
  Set<UniqueAddress> judge(Set<UniqueAddress> members, long nanos) {
    crashed.values().removeIf(found -> nanos - found > MEMORY.toNanos());
    Set<UniqueAddress> gone =
        Stream.concat(since.keySet().stream().filter(members::contains), crashed.keySet().stream())
            .collect(Collectors.toSet());
    long all = Stream.concat(members.stream(), gone.stream()).distinct().count();
    boolean cutOff = 2L * gone.size() >= all;
    Set<UniqueAddress> found =
        since.entrySet().stream()
            .filter(refusing -> nanos - refusing.getValue() >= SETTLING.toNanos())
            .map(Map.Entry::getKey)
            .filter(node -> !cutOff || node.address().getHost().equals(host))
            .filter(members::contains)
            .filter(node -> !crashed.containsKey(node))
            .collect(Collectors.toSet());
    found.forEach(node -> crashed.put(node, nanos));
    return found;
  }
}
