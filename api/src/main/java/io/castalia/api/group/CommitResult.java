package io.castalia.api.group;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;

/**
 * The answer to a commit.
 *
 * @param partitions one code for each partition of the commit; {@link Errors#FENCED_MEMBER_EPOCH}
 *     for one that the service does not have, or has lost
 */
public record CommitResult(Map<TopicPartition, Errors> partitions) {
  public CommitResult {
    partitions = Map.copyOf(partitions);
  }

  /** The code of a partition that was not committed, if there is one. */
  public Optional<Errors> failure() {
    return partitions.values().stream().filter(error -> error != Errors.NONE).findFirst();
  }
}
