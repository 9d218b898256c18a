package io.castalia.streams.processing.test;

import io.castalia.api.InboundRecord;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.Topology;
import io.castalia.streams.processing.internal.OutputBatch;
import io.castalia.streams.processing.internal.StoreViews;
import io.castalia.streams.processing.internal.SubTopology;
import io.castalia.streams.processing.internal.TopicRef;
import io.castalia.streams.processing.pages.PageSource;
import io.castalia.streams.processing.state.ReadOnlyKeyValueStore;
import io.castalia.streams.processing.state.ReadOnlySessionStore;
import io.castalia.streams.processing.state.ReadOnlyWindowStore;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A topology on the bench: records go in, and at once everything has happened that follows of them.
 * Every topic has one partition. Not safe for use by several threads.
 *
 * <pre>{@code
 * TopologyTestKit kit = TopologyTestKit.of(topology);
 * TestInputTopic<String, String> lines = kit.createInputTopic("lines", strings, strings);
 * lines.pipeInput("key", "some words", 0);
 * }</pre>
 */
public final class TopologyTestKit {
  private static final String APPLICATION = "test";

  private final List<BenchTask> tasks = new ArrayList<>();
  private final Map<String, List<InboundRecord>> topics = new HashMap<>();
  private final Queue<String> arrivals = new ArrayDeque<>();
  private final Map<String, Integer> read = new HashMap<>();
  private final Set<String> inputs;
  private final Set<String> outputs;
  private final boolean namesTopics;
  private long now;

  private TopologyTestKit(Topology topology, ErrorPolicy errors, Instant start) {
    this.now = start.toEpochMilli();
    this.inputs = names(topology.graph().sources());
    this.outputs = names(topology.graph().sinks());
    this.namesTopics = topology.graph().namesTopics();
    outputs.addAll(errors.deadLetterTopics());
    for (SubTopology part : topology.graph().subTopologies()) {
      tasks.add(new BenchTask(part, APPLICATION, errors, now));
    }
  }

  private static Set<String> names(List<TopicRef> topics) {
    return topics.stream()
        .map(topic -> topic.in(APPLICATION))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Drives a topology that fails on what it cannot process. */
  public static TopologyTestKit of(Topology topology) {
    return of(topology, ErrorPolicy.fail(), Instant.EPOCH);
  }

  /**
   * Drives a topology.
   *
   * @param errors what becomes of records that cannot be processed
   * @param start wall-clock time at the beginning
   */
  public static TopologyTestKit of(Topology topology, ErrorPolicy errors, Instant start) {
    return new TopologyTestKit(topology, errors, start);
  }

  /**
   * A topic to put records into.
   *
   * @throws IllegalArgumentException if the topology does not read it
   */
  public <K, V> TestInputTopic<K, V> createInputTopic(
      String topic, Serializer<K> keys, Serializer<V> values) {
    requireKnown(topic, "reads", inputs);
    return new TestInputTopic<>(this, topic, keys, values);
  }

  /**
   * A topic to take records from, from the first one on.
   *
   * @throws IllegalArgumentException if the topology does not write it; one that names topics by
   *     its records may write any
   */
  public <K, V> TestOutputTopic<K, V> createOutputTopic(
      String topic, Deserializer<K> keys, Deserializer<V> values) {
    if (!namesTopics) {
      requireKnown(topic, "writes", outputs);
    }
    return new TestOutputTopic<>(
        topics.computeIfAbsent(topic, name -> new ArrayList<>()), topic, keys, values);
  }

  private static void requireKnown(String topic, String does, Set<String> known) {
    if (!known.contains(topic)) {
      throw new IllegalArgumentException(
          "expected a topic that the topology %s, one of %s, but it was \"%s\""
              .formatted(does, known, topic));
    }
  }

  /**
   * Moves the clock, and has the punctuations made that are due by then.
   *
   * @throws IllegalArgumentException if it would go back
   */
  public void advanceWallClockTime(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("expected time that passes, but it was " + by);
    }
    now += by.toMillis();
    for (BenchTask task : tasks) {
      run(task, () -> task.tick(now));
    }
    settle();
  }

  /** A store by key. Its types are as the topology says. */
  public <K, V> ReadOnlyKeyValueStore<K, V> getKeyValueStore(String name) {
    return views(name).keyValue(name);
  }

  /** A table's store, or another one that keeps times, with these. Its types are as it says. */
  public <K, V> ReadOnlyKeyValueStore<K, ValueAndTimestamp<V>> getTimestampedKeyValueStore(
      String name) {
    return views(name).timestamped(name);
  }

  /** A store by window. Its types are as the topology says. */
  public <K, V> ReadOnlyWindowStore<K, V> getWindowStore(String name) {
    return views(name).window(name);
  }

  /** A store by session. Its types are as the topology says. */
  public <K, V> ReadOnlySessionStore<K, V> getSessionStore(String name) {
    return views(name).session(name);
  }

  /** How many records and windows were dropped, by place and reason: {@code "count-1: late"}. */
  public Map<String, Long> dropped() {
    Map<String, Long> all = new HashMap<>();
    tasks.forEach(task -> task.state().drops().forEach((what, n) -> all.merge(what, n, Long::sum)));
    return all;
  }

  void pipe(String topic, InboundRecord record) {
    append(topic, record);
    settle();
  }

  long nextOffset(String topic) {
    return topics.getOrDefault(topic, List.of()).size();
  }

  private void append(String topic, InboundRecord record) {
    topics.computeIfAbsent(topic, name -> new ArrayList<>()).add(record);
    arrivals.add(topic);
  }

  /** In the order in which records were published. */
  private void settle() {
    for (String topic = arrivals.poll(); topic != null; topic = arrivals.poll()) {
      int at = read.merge(topic, 1, Integer::sum) - 1;
      deliver(topic, topics.getOrDefault(topic, List.of()).get(at));
    }
  }

  private void deliver(String topic, InboundRecord record) {
    for (BenchTask task : tasks) {
      if (task.reads(topic)) {
        run(task, () -> task.process(new TopicPartition(topic, 0), record, now));
      }
    }
  }

  private void run(BenchTask task, Runnable work) {
    try {
      work.run();
    } finally {
      publish(task.takeOutputs());
    }
  }

  private void publish(List<OutputBatch> batches) {
    for (OutputBatch batch : batches) {
      String topic = batch.partition().topic();
      batch
          .records()
          .forEach(
              record ->
                  append(
                      topic,
                      new InboundRecord(
                          nextOffset(topic),
                          record.timestamp(),
                          record.key(),
                          record.value(),
                          record.headers())));
    }
  }

  private StoreViews views(String store) {
    return tasks.stream()
        .filter(task -> task.topology().stores().containsKey(store))
        .findFirst()
        .map(task -> new StoreViews(task.topology(), task.state(), PageSource.NONE))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a store of the topology, one of %s, but it was \"%s\""
                        .formatted(storeNames(), store)));
  }

  private List<String> storeNames() {
    return tasks.stream()
        .flatMap(task -> task.topology().stores().keySet().stream())
        .sorted()
        .toList();
  }
}
