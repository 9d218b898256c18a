package io.castalia.node.cli;

import java.util.Collection;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What to say of a topic that is not there. */
final class UnknownTopic {
  private UnknownTopic() {}

  static CommandFailure failure(String topic) {
    return new CommandFailure(
        "there is no topic \"%s\"; create one with: ./castalia topic create".formatted(topic));
  }

  /**
   * What the node answered about topics.
   *
   * @throws CommandFailure if one of them is not there
   */
  static <T> T orResult(KafkaFuture<T> answer, Collection<String> topics)
      throws ExecutionException, InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw failure(String.join("\", \"", topics));
      }
      throw e;
    }
  }
}
