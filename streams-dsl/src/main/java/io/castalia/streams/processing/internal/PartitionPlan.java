package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.TopologyException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many partitions the topics of a topology have: those that exist, and those that are to be
 * created for it.
 */
public final class PartitionPlan {
  private final Graph graph;
  private final Map<TopicRef, Integer> counts = new HashMap<>();

  private PartitionPlan(Graph graph) {
    this.graph = graph;
  }

  /**
   * Makes a plan.
   *
   * @param existing the topics that there are; those of the application keep their numbers, however
   *     the others grow
   * @return a number for each topic that the topology reads or writes
   * @throws TopologyException if topics whose records meet by key have different numbers, or one
   *     has another number than the topology says
   */
  public static Map<TopicRef, Integer> of(Graph graph, Map<TopicRef, Integer> existing) {
    PartitionPlan plan = new PartitionPlan(graph);
    plan.counts.putAll(existing);
    graph.repartitions().forEach(plan::take);
    for (boolean more = true; more; ) {
      more = plan.adoptFromPartners() || plan.adoptFromSources();
    }
    plan.check();
    return Map.copyOf(plan.counts);
  }

  private void take(TopicRef topic, int partitions) {
    Integer existing = counts.putIfAbsent(topic, partitions);
    if (existing != null && existing != partitions) {
      throw new TopologyException(
          "expected \"%s\" to have %d partitions, as the topology says, but it has %d: it was created"
                  .formatted(topic.name(), partitions, existing)
              + " for another topology");
    }
  }

  /** A topic of the application that meets others has as many partitions as they have. */
  private boolean adoptFromPartners() {
    boolean more = false;
    for (Set<TopicRef> together : graph.copartitioned()) {
      int known =
          together.stream().mapToInt(topic -> counts.getOrDefault(topic, 0)).max().orElse(0);
      for (TopicRef topic : together) {
        if (known > 0 && counts.putIfAbsent(topic, known) == null) {
          more = true;
        }
      }
    }
    return more;
  }

  /** Any other has as many as the largest topic that its records come from. */
  private boolean adoptFromSources() {
    for (Node node : graph.nodes()) {
      if (node instanceof Node.Sink sink && !counts.containsKey(sink.topic())) {
        Collection<TopicRef> from = graph.topicsInto(sink);
        if (counts.keySet().containsAll(from)) {
          int largest =
              from.stream().mapToInt(topic -> counts.getOrDefault(topic, 1)).max().orElse(1);
          counts.put(sink.topic(), largest);
          return true;
        }
      }
    }
    return false;
  }

  private void check() {
    for (Set<TopicRef> together : graph.copartitioned()) {
      Map<String, Integer> each =
          together.stream()
              .collect(
                  Collectors.toMap(
                      TopicRef::name,
                      topic -> counts.getOrDefault(topic, 0),
                      (a, b) -> a,
                      TreeMap::new));
      if (Set.copyOf(each.values()).size() > 1) {
        throw new TopologyException(
            "expected topics whose records meet by key to have equal numbers of partitions, but"
                + " they"
                + " are %s".formatted(each));
      }
    }
  }
}
