package io.castalia.actors.group;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;

/**
 * The answer to forgetting offsets.
 *
 * @param error about the group as a whole; then there are no partitions
 * @param partitions one answer for each partition of the request
 */
public record DeleteOffsetsReply(Errors error, Map<TopicPartition, Errors> partitions)
    implements GroupReply {
  public DeleteOffsetsReply {
    partitions = Map.copyOf(partitions);
  }

  public static DeleteOffsetsReply refused(Errors error) {
    return new DeleteOffsetsReply(error, Map.of());
  }
}
