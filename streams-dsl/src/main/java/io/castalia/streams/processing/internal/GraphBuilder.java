package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.TopicNameExtractor;
import io.castalia.streams.processing.TopologyException;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A graph in the making. */
public final class GraphBuilder {
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Integer> counters = new HashMap<>();
  private final Map<String, StoreSpec<?, ?>> stores = new HashMap<>();
  private final Map<String, Integer> tables = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final List<Set<TopicRef>> copartitioned = new ArrayList<>();
  private final Map<TopicRef, Integer> repartitions = new HashMap<>();

  /** A name for something of a kind: numbered for itself, whatever else the topology has. */
  public String name(String kind) {
    return kind + "-" + counters.merge(kind, 1, Integer::sum);
  }

  /** What a node is called. */
  public String nameOf(int node) {
    return nodes.get(node).name();
  }

  /** Reads a topic. */
  public int source(TopicRef topic, SourceCodec<?, ?> codec) {
    return source(topic, codec, false);
  }

  /** Has each task read all partitions of a topic. */
  public int globalSource(TopicRef topic, SourceCodec<?, ?> codec) {
    return source(topic, codec, true);
  }

  private int source(TopicRef topic, SourceCodec<?, ?> codec, boolean everywhere) {
    if (graph().sources().contains(topic)) {
      throw new TopologyException(
          topic.internal()
              ? "expected groupings, joins and repartitions with different names, but two need \"%s\""
                  .formatted(topic.name())
              : "expected each topic to be read once, but \"%s\" is read twice: use the stream twice"
                  .formatted(topic.name()));
    }
    return add(new Node.Source(nodes.size(), unique(name("source")), topic, codec, everywhere));
  }

  /** Works on what comes from the parents. */
  public int step(
      String name,
      List<Integer> parents,
      List<StoreSpec<?, ?>> used,
      Supplier<? extends Operator<?, ?, ?, ?>> operator) {
    for (StoreSpec<?, ?> store : used) {
      StoreSpec<?, ?> known = stores.putIfAbsent(store.name(), store);
      if (known != null && !known.equals(store)) {
        throw new TopologyException(
            "expected stores with different names, but two are called \"%s\""
                .formatted(store.name()));
      }
    }
    return add(new Node.Step(nodes.size(), unique(name), parents, used, operator));
  }

  /** A store has the rows of a table that is made by a node, each in the task of its key. */
  public void table(String store, int node) {
    tables.put(store, node);
  }

  /** A node looks rows up, if the store is a table's: its records meet them by key. */
  public void lookUp(String store, int node) {
    Integer table = tables.get(store);
    if (table != null) {
      copartition(table, node);
    }
  }

  /** Writes a topic. */
  public int sink(int parent, TopicRef topic, SinkCodec<?, ?> codec) {
    return add(new Node.Sink(nodes.size(), unique(name("sink")), List.of(parent), topic, codec));
  }

  /** Writes the topics that are named for the records. */
  public int router(int parent, TopicNameExtractor<?, ?> topics, SinkCodec<?, ?> codec) {
    return add(new Node.Router(nodes.size(), unique(name("sink")), List.of(parent), topics, codec));
  }

  /**
   * Writes a topic of the application and reads it again, so that records come to the tasks of
   * their keys.
   *
   * @param partitions of the topic; 0 for as many as the topics have that its records come from
   */
  public int repartition(
      int parent, String name, int partitions, SourceCodec<?, ?> read, SinkCodec<?, ?> written) {
    TopicRef topic = new TopicRef(name + "-repartition", true);
    sink(parent, topic, written);
    if (partitions > 0) {
      repartitions.put(topic, partitions);
    }
    return source(topic, read);
  }

  /** Records from these nodes meet by key, so their topics must be partitioned alike. */
  public void copartition(int one, int other) {
    Graph graph = graph();
    Set<TopicRef> topics = new HashSet<>(graph.topicsInto(nodes.get(one)));
    topics.addAll(graph.topicsInto(nodes.get(other)));
    copartitioned.add(topics);
  }

  /** The graph as it is now. */
  public Graph graph() {
    return new Graph(nodes, copartitioned, repartitions);
  }

  private int add(Node node) {
    nodes.add(node);
    return node.id();
  }

  private String unique(String name) {
    if (!names.add(name)) {
      throw new TopologyException(
          "expected operators with different names, but two are called \"%s\"".formatted(name));
    }
    return name;
  }
}
