package io.castalia.actors.group;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.Address;

/**
 * The nodes that were members of the cluster and are not any more, as this node has seen it. A
 * service that was a member of a group there is gone with its node. Thread-safe.
 */
final class LostNodes {
  private final Set<String> hosts = ConcurrentHashMap.newKeySet();

  void lost(Address node) {
    hosts.add(host(node));
  }

  /** Another node is at this address now. */
  void found(Address node) {
    hosts.remove(host(node));
  }

  /** Whether a member spoke from such a node. Kafka's clients never do: they have no port. */
  boolean had(ClientAddress member) {
    return hosts.contains(member.host());
  }

  /** As services name it when they speak to groups. */
  private static String host(Address node) {
    return "/" + node.getHost().orElse("") + ":" + node.getPort().orElse(-1);
  }
}
