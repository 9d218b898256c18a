package io.castalia.streams.processing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.CastaliaClient;
import io.castalia.api.InboundRecord;
import io.castalia.api.OutboundRecord;
import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.KTable;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.Topology;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both sides of a join by foreign key change while what they tell each other is under way: tasks
 * work in any order, and in the end the result is what a batch computation gives.
 */
class ForeignKeyInterleavingTest {
  private static final int CHANGES = 300;
  private static final Serde<String> STRINGS = Serdes.String();
  private static final Map<String, Integer> PARTITIONS =
      Map.of(
          "orders", 3,
          "customers", 2,
          "out", 1,
          "test-foreign-key-left-join-1-subscriptions-repartition", 2,
          "test-foreign-key-left-join-1-answers-repartition", 3);

  private final Map<TopicPartition, Queue<InboundRecord>> topics =
      new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
  private final Map<TopicPartition, Task> readers = new HashMap<>();
  private final Map<String, String> published = new HashMap<>();

  private static final class Task {
    private final TaskMachine machine;
    private TaskState state;

    Task(SubTopology part, int partition) {
      machine =
          new TaskMachine(
              part,
              new TaskPlace("test", partition, ForeignKeyInterleavingTest::partitions),
              ErrorPolicy.fail());
      TaskShape shape = part.shape("test", topic -> partitions(topic.in("test")));
      state = TaskState.NONE.after(new TaskEvent.Opened(shape, Map.of(), 0, 0));
    }

    List<OutputBatch> process(TopicPartition partition, InboundRecord record) {
      Batch batch = machine.begin(state);
      machine.process(batch, new SourceRecord(partition, record), 0);
      while (batch.isUnfinished()) {
        machine.advance(batch, 0);
      }
      TaskEvent.Advanced event = batch.toEvent(Map.of());
      state = state.after(event);
      return event.outputs();
    }
  }

  private static int partitions(String topic) {
    return Objects.requireNonNull(PARTITIONS.get(topic));
  }

  private static Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    Consumed<String, String> text = Consumed.with(STRINGS, STRINGS);
    KTable<String, String> customers = builder.table("customers", text);
    builder
        .table("orders", text)
        .leftJoin(
            customers,
            order -> order.substring(0, 1),
            (order, customer) -> order + "+" + customer,
            Materialized.with(STRINGS, STRINGS))
        .toStream()
        .to("out", Produced.with(STRINGS, STRINGS));
    return builder.build();
  }

  private void begin() {
    for (SubTopology part : topology().graph().subTopologies()) {
      int tasks =
          part.sources().stream()
              .mapToInt(source -> partitions(source.topic().in("test")))
              .max()
              .orElseThrow();
      for (int partition = 0; partition < tasks; partition++) {
        Task task = new Task(part, partition);
        for (Node.Source source : part.sources()) {
          readers.put(new TopicPartition(source.topic().in("test"), partition), task);
        }
      }
    }
  }

  private void append(TopicPartition partition, OutboundRecord record) {
    if (partition.topic().equals("out")) {
      ByteString value = record.value();
      published.put(
          Objects.requireNonNull(record.key()).utf8String(),
          value == null ? "" : value.utf8String());
      return;
    }
    topics
        .computeIfAbsent(partition, same -> new ArrayDeque<>())
        .add(
            new InboundRecord(
                0, record.timestamp(), record.key(), record.value(), record.headers()));
  }

  private void put(String topic, String key, @Nullable String value) {
    int partition =
        CastaliaClient.partitionOf(key.getBytes(StandardCharsets.UTF_8), partitions(topic));
    append(
        new TopicPartition(topic, partition),
        new OutboundRecord(
            ByteString.fromString(key),
            value == null ? null : ByteString.fromString(value),
            0,
            List.of()));
  }

  private boolean step(Random random) {
    List<TopicPartition> ready = new ArrayList<>();
    topics.forEach(
        (partition, records) -> {
          if (!records.isEmpty()) {
            ready.add(partition);
          }
        });
    if (ready.isEmpty()) {
      return false;
    }
    TopicPartition next = ready.get(random.nextInt(ready.size()));
    Task reader = Objects.requireNonNull(readers.get(next));
    reader
        .process(next, Objects.requireNonNull(topics.get(next)).remove())
        .forEach(batch -> batch.records().forEach(made -> append(batch.partition(), made)));
    return true;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldGiveWhatABatchGivesWhateverTheOrder(long seed) {
    Random random = new Random(seed);
    Map<String, String> orders = new HashMap<>();
    Map<String, String> customers = new HashMap<>();
    begin();

    for (int change = 0; change < CHANGES; change++) {
      boolean order = random.nextInt(3) > 0;
      String key =
          order ? "o" + random.nextInt(6) : String.valueOf((char) ('a' + random.nextInt(4)));
      String value = (char) ('a' + random.nextInt(4)) + String.valueOf(change);
      boolean deletes = random.nextInt(5) == 0;
      put(order ? "orders" : "customers", key, deletes ? null : value);
      Map<String, String> table = order ? orders : customers;
      if (deletes) {
        table.remove(key);
      } else {
        table.put(key, value);
      }
      for (int steps = random.nextInt(4); steps > 0; steps--) {
        step(random);
      }
    }
    while (step(random)) {}

    Map<String, String> expected = new HashMap<>();
    orders.forEach(
        (key, order) -> expected.put(key, order + "+" + customers.get(order.substring(0, 1))));
    published.values().removeIf(String::isEmpty);
    assertThat(published).isEqualTo(expected);
  }
}
