package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.GraphBuilder;
import io.castalia.streams.processing.internal.TableSource;
import io.castalia.streams.processing.internal.TopicRef;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.Collection;
import java.util.List;

/**
 * Begins a topology: the topics that it reads. What is made of them is said where they are used.
 */
public final class StreamsBuilder {
  private final GraphBuilder graph = new GraphBuilder();

  /** A topic as a stream of records. A topic is read once; use the stream as often as wanted. */
  public <K, V> KStream<K, V> stream(String topic, Consumed<K, V> consumed) {
    return new KStream<>(source(topic, consumed));
  }

  /**
   * Topics as one stream of records, in the order in which a task reads them. If their records are
   * grouped or joined by the keys that they have, the topics must have equal numbers of partitions.
   *
   * @throws TopologyException if there are none
   */
  public <K, V> KStream<K, V> stream(Collection<String> topics, Consumed<K, V> consumed) {
    return topics.stream()
        .map(topic -> stream(topic, consumed))
        .reduce(KStream::merge)
        .orElseThrow(
            () -> new TopologyException("expected at least one topic to read, but it was none"));
  }

  /**
   * A topic as a table: each record is the new value of its key, and null deletes it. Records
   * without a key are dropped, which is counted.
   */
  public <K, V> KTable<K, V> table(String topic, Consumed<K, V> consumed) {
    return table(topic, consumed, Materialized.unsaid());
  }

  /** A topic as a table, whose store has a name. */
  public <K, V> KTable<K, V> table(String topic, Consumed<K, V> consumed, Materialized<K, V> as) {
    Flow<K, V> flow = source(topic, consumed);
    String name = as.name().orElseGet(() -> graph.name("table"));
    StoreSpec<K, ValueAndTimestamp<V>> store = TableStores.byKey(name, flow);
    return KTable.of(flow.then(name, List.of(store), () -> new TableSource<>(store)), store);
  }

  /**
   * A topic as a table that each task has as a whole. What there is when a task begins is read
   * before any other record, and changes come before records that wait; it does not move event
   * time.
   */
  public <K, V> GlobalKTable<K, V> globalTable(
      String topic, Consumed<K, V> consumed, Materialized<K, V> as) {
    int node = graph.globalSource(new TopicRef(topic, false), consumed.codec());
    Flow<K, V> flow = new Flow<>(graph, node, consumed.keySerde(), consumed.valueSerde(), false);
    String name = as.name().orElseGet(() -> graph.name("global-table"));
    StoreSpec<K, ValueAndTimestamp<V>> store = TableStores.byKey(name, flow);
    graph.step(name, List.of(node), List.of(store), () -> new TableSource<>(store));
    return new GlobalKTable<>(graph, store);
  }

  /** A topic as a table that each task has as a whole. */
  public <K, V> GlobalKTable<K, V> globalTable(String topic, Consumed<K, V> consumed) {
    return globalTable(topic, consumed, Materialized.unsaid());
  }

  /**
   * The topology as it is now.
   *
   * @throws TopologyException if it reads no topic
   */
  public Topology build() {
    Topology topology = new Topology(graph.graph());
    if (topology.graph().sources().isEmpty()) {
      throw new TopologyException("expected a topology that reads a topic, but it reads none");
    }
    return topology;
  }

  private <K, V> Flow<K, V> source(String topic, Consumed<K, V> consumed) {
    int node = graph.source(new TopicRef(topic, false), consumed.codec());
    return new Flow<>(graph, node, consumed.keySerde(), consumed.valueSerde(), false);
  }
}
