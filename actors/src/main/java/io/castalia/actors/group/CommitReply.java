package io.castalia.actors.group;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;

/**
 * The answer to a commit.
 *
 * @param partitions one answer for each partition of the request
 */
public record CommitReply(Map<TopicPartition, Errors> partitions) implements GroupReply {
  public CommitReply {
    partitions = Map.copyOf(partitions);
  }

  /** The same answer for all. */
  public static CommitReply all(Collection<TopicPartition> partitions, Errors error) {
    Map<TopicPartition, Errors> answers = new HashMap<>();
    partitions.forEach(partition -> answers.put(partition, error));
    return new CommitReply(answers);
  }
}
