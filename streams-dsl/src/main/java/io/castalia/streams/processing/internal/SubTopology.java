package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.state.StoreSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A part of a topology that works by itself; each of its tasks has one partition of its topics.
 *
 * @param index from 0
 * @param nodes in the order of their ids
 */
public record SubTopology(int index, Graph graph, List<Node> nodes) {
  public SubTopology {
    nodes = List.copyOf(nodes);
  }

  /** The nodes that read topics. */
  public List<Node.Source> sources() {
    return nodes.stream()
        .filter(Node.Source.class::isInstance)
        .map(Node.Source.class::cast)
        .toList();
  }

  /** All stores by name. */
  public Map<String, StoreSpec<?, ?>> stores() {
    Map<String, StoreSpec<?, ?>> found = new LinkedHashMap<>();
    nodes.forEach(node -> node.stores().forEach(store -> found.put(store.name(), store)));
    return found;
  }

  /** Whether each task has the whole of a store: that of a global table. */
  public boolean isEverywhere(String store) {
    return nodes.stream()
        .filter(node -> node.stores().stream().anyMatch(each -> each.name().equals(store)))
        .flatMap(node -> node.parents().stream())
        .anyMatch(
            parent ->
                graph.nodes().get(parent) instanceof Node.Source source && source.everywhere());
  }

  /**
   * The source topics that may get more partitions: those that each task reads all of, and, if no
   * store has what is kept of one partition's keys, all.
   */
  public Set<TopicRef> mayGrow() {
    boolean keepsNothing = stores().keySet().stream().allMatch(this::isEverywhere);
    return sources().stream()
        .filter(source -> keepsNothing || source.everywhere())
        .map(Node.Source::topic)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * What state of its tasks must fit.
   *
   * @param counts the number of partitions of a source topic
   * @param applicationId for the names of internal topics
   */
  public TaskShape shape(String applicationId, Function<TopicRef, Integer> counts) {
    return new TaskShape(
        sources().stream()
            .collect(
                Collectors.toMap(
                    source -> source.topic().in(applicationId),
                    source -> counts.apply(source.topic()))),
        stores().values().stream()
            .collect(Collectors.toMap(StoreSpec::name, StoreSpec::signature)));
  }
}
