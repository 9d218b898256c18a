package io.castalia.node.cli;

import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Is told how far records have been printed. */
@FunctionalInterface
interface PrintedOffsets {

  /**
   * Records have been written out.
   *
   * @param next by partition, the offset after the last record printed
   */
  void printed(Map<TopicPartition, OffsetAndMetadata> next);
}
