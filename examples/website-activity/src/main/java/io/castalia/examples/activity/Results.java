package io.castalia.examples.activity;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads a group's results. Each record of their topic is the whole tally of the partition with the
 * same number. The furthest counts, not the last: a member that was slow to notice that it is no
 * longer in the group may still write, but what it writes is right, only less far.
 */
final class Results implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<String, String> consumer;
  private final String topic;

  /**
   * Connects.
   *
   * @param bootstrap HOST:PORT
   * @param topic the topic with the results
   */
  Results(String bootstrap, String topic) {
    this.topic = topic;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
            new StringDeserializer(),
            new StringDeserializer());
  }

  /** The tally of each of these partitions, as of now. */
  Map<Integer, Tally> of(Collection<Integer> partitions) {
    List<TopicPartition> all =
        partitions.stream().map(number -> new TopicPartition(topic, number)).toList();
    Map<Integer, Tally> furthest =
        new HashMap<>(partitions.stream().collect(Collectors.toMap(n -> n, n -> Tally.NOTHING)));
    consumer.assign(all);
    consumer.seekToBeginning(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
        furthest.merge(record.partition(), Tally.parse(record.value()), Tally::further);
      }
    }
    return furthest;
  }

  /** The tally of all these partitions together; its offset is the number of records counted. */
  Tally total(Collection<Integer> partitions) {
    return of(partitions).values().stream().reduce(Tally.NOTHING, Tally::and);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
