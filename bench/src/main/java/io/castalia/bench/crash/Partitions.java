package io.castalia.bench.crash;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** The partitions of a load. */
final class Partitions {

  private Partitions() {}

  static List<TopicPartition> of(Load load) {
    return IntStream.range(0, load.partitions())
        .mapToObj(partition -> new TopicPartition(load.topic(), partition))
        .toList();
  }
}
