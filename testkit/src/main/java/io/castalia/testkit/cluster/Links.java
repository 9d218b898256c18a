package io.castalia.testkit.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which links of a cluster are cut; a node that is started anew finds them as they are. */
final class Links {
  /** How long a node needs to find out that it cannot reach another one. */
  private static final Duration DETECTION = Duration.ofMillis(500);

  private final Map<Integer, SimulatedNode> nodes;
  private final Map<Set<Integer>, Since> cut = new HashMap<>();
  private final Set<Integer> cutFromStore = new TreeSet<>();

  Links(Map<Integer, SimulatedNode> nodes) {
    this.nodes = nodes;
  }

  void cut(SimulatedNode one, SimulatedNode other) {
    if (one.id() == other.id()) {
      throw new IllegalArgumentException("expected two nodes, but got node " + one.id() + " twice");
    }
    cut(one, List.of(other));
  }

  /** Cuts a node from all others, which find that out in the same moment. */
  void isolate(SimulatedNode node) {
    cut(node, peers(node));
  }

  private synchronized void cut(SimulatedNode one, Collection<SimulatedNode> others) {
    List<SimulatedNode> connected = others.stream().filter(each -> connects(one, each)).toList();
    for (SimulatedNode other : connected) {
      one.links().ifPresent(ends -> ends.nodes().cut(other.ports().cluster()));
      other.links().ifPresent(ends -> ends.nodes().cut(one.ports().cluster()));
    }
    Since now = Since.now();
    connected.forEach(other -> cut.put(Set.of(one.id(), other.id()), now));
  }

  synchronized void heal(SimulatedNode one, SimulatedNode other) {
    if (cut.remove(Set.of(one.id(), other.id())) != null) {
      one.links().ifPresent(ends -> ends.nodes().heal(other.ports().cluster()));
      other.links().ifPresent(ends -> ends.nodes().heal(one.ports().cluster()));
    }
  }

  synchronized void cutFromStore(SimulatedNode node) {
    cutFromStore.add(node.id());
    node.links().ifPresent(ends -> ends.store().cut());
  }

  synchronized void healToStore(SimulatedNode node) {
    cutFromStore.remove(node.id());
    node.links().ifPresent(ends -> ends.store().heal());
  }

  /** Heals all. */
  synchronized void heal() {
    for (Set<Integer> pair : List.copyOf(cut.keySet())) {
      List<SimulatedNode> ends = pair.stream().flatMap(id -> node(id).stream()).toList();
      heal(ends.get(0), ends.get(1));
    }
    Set.copyOf(cutFromStore).forEach(id -> node(id).ifPresent(this::healToStore));
  }

  /** Cuts what was cut for a node that begins anew. */
  synchronized void apply(SimulatedNode node, LinkEnds ends) {
    peers(node).stream()
        .filter(peer -> cut.containsKey(Set.of(node.id(), peer.id())))
        .forEach(peer -> ends.nodes().cut(peer.ports().cluster()));
    if (cutFromStore.contains(node.id())) {
      ends.store().cut();
    }
  }

  /** Makes a node that is about to end unable to tell anybody; other links stay as they are. */
  void silence(SimulatedNode node) {
    node.links()
        .ifPresent(ends -> peers(node).forEach(peer -> ends.nodes().cut(peer.ports().cluster())));
  }

  /** Whether no link between the two is cut. */
  synchronized boolean connects(SimulatedNode one, SimulatedNode other) {
    return !cut.containsKey(Set.of(one.id(), other.id()));
  }

  /** Whether a node has had the time to find out that it cannot reach that one. */
  synchronized boolean knowsToBeCutFrom(SimulatedNode one, int port) {
    return peers(one).stream()
        .filter(peer -> peer.ports().cluster() == port)
        .anyMatch(
            peer ->
                peer.silence().atLeast(DETECTION)
                    || cut.getOrDefault(Set.of(one.id(), peer.id()), new Since())
                        .atLeast(DETECTION));
  }

  private Collection<SimulatedNode> peers(SimulatedNode node) {
    return nodes.values().stream().filter(peer -> peer.id() != node.id()).toList();
  }

  private Optional<SimulatedNode> node(int id) {
    return Optional.ofNullable(nodes.get(id));
  }

  @Override
  public synchronized String toString() {
    return cut.isEmpty() && cutFromStore.isEmpty()
        ? "all links are whole"
        : "cut between nodes: %s, from the store: %s"
            .formatted(cut.keySet().stream().map(TreeSet::new).toList(), cutFromStore);
  }
}
