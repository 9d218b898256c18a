package io.castalia.bench.load;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** The partitions of a load. */
public final class Partitions {

  private Partitions() {}

  /** All of them, in their order. */
  public static List<TopicPartition> of(Load load) {
    return IntStream.range(0, load.partitions())
        .mapToObj(partition -> new TopicPartition(load.topic(), partition))
        .toList();
  }
}
