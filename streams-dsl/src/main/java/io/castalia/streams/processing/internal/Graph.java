package io.castalia.streams.processing.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The nodes of a topology by id, and which of its topics must have equal numbers of partitions.
 *
 * @param nodes each at the index that is its id
 * @param copartitioned sets of topics whose records meet by key
 * @param repartitions how many partitions internal topics have, where that is said
 */
public record Graph(
    List<Node> nodes, List<Set<TopicRef>> copartitioned, Map<TopicRef, Integer> repartitions) {
  public Graph {
    nodes = List.copyOf(nodes);
    copartitioned = copartitioned.stream().map(Set::copyOf).toList();
    repartitions = Map.copyOf(repartitions);
  }

  /** The nodes that a node's records go to, in the order of their making. */
  public List<Node> childrenOf(Node node) {
    return nodes.stream().filter(each -> each.parents().contains(node.id())).toList();
  }

  /** The topics that the topology reads. */
  public List<TopicRef> sources() {
    return nodes.stream()
        .filter(Node.Source.class::isInstance)
        .map(node -> ((Node.Source) node).topic())
        .toList();
  }

  /** The topics that the topology writes. */
  public List<TopicRef> sinks() {
    return nodes.stream()
        .filter(Node.Sink.class::isInstance)
        .map(node -> ((Node.Sink) node).topic())
        .distinct()
        .toList();
  }

  /** Whether topics are written that only records name. */
  public boolean namesTopics() {
    return nodes.stream().anyMatch(Node.Router.class::isInstance);
  }

  /**
   * The parts that are connected by edges or by stores, in the order of their first nodes. A part
   * and another one meet by topics only.
   */
  public List<SubTopology> subTopologies() {
    Map<Object, Integer> storeUsers = new HashMap<>();
    int[] part = new int[nodes.size()];
    for (Node node : nodes) {
      part[node.id()] = node.id();
      node.parents().forEach(parent -> union(part, parent, node.id()));
      node.stores()
          .forEach(
              store -> {
                Integer user = storeUsers.putIfAbsent(store.name(), node.id());
                if (user != null) {
                  union(part, user, node.id());
                }
              });
    }
    Map<Integer, List<Node>> byPart = new HashMap<>();
    List<Integer> order = new ArrayList<>();
    for (Node node : nodes) {
      int root = root(part, node.id());
      if (!byPart.containsKey(root)) {
        order.add(root);
      }
      byPart.computeIfAbsent(root, first -> new ArrayList<>()).add(node);
    }
    List<SubTopology> parts = new ArrayList<>();
    for (int root : order) {
      parts.add(new SubTopology(parts.size(), this, byPart.getOrDefault(root, List.of())));
    }
    return parts;
  }

  private static void union(int[] part, int one, int other) {
    int a = root(part, one);
    int b = root(part, other);
    part[Math.max(a, b)] = Math.min(a, b);
  }

  private static int root(int[] part, int id) {
    int at = id;
    while (part[at] != at) {
      at = part[at];
    }
    return at;
  }

  /** The topics whose records come to a node without a topic between. */
  Set<TopicRef> topicsInto(Node node) {
    if (node instanceof Node.Source source) {
      return Set.of(source.topic());
    }
    Set<TopicRef> found = new HashSet<>();
    node.parents().forEach(parent -> found.addAll(topicsInto(nodes.get(parent))));
    return found;
  }
}
