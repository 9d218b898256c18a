package io.castalia.node.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Offsets that partitions have at some point, such as their ends. */
final class PartitionEnds {
  static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

  private PartitionEnds() {}

  /**
   * Asks for the offsets.
   *
   * @return sorted; without the partitions that are not there any more; -1 where there is no record
   *     of a time asked for
   */
  static Map<TopicPartition, Long> at(
      Admin admin, Collection<TopicPartition> partitions, OffsetSpec point)
      throws ExecutionException, InterruptedException {
    ListOffsetsResult answer =
        admin.listOffsets(
            partitions.stream().collect(Collectors.toMap(Function.identity(), each -> point)));
    Map<TopicPartition, Long> offsets = new TreeMap<>(ORDER);
    for (TopicPartition partition : partitions) {
      try {
        offsets.put(partition, answer.partitionResult(partition).get().offset());
      } catch (ExecutionException e) {
        // Offsets outlive the topic that they are of.
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return offsets;
  }
}
