package io.castalia.node.cli;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** What to say of a group that is not there. */
final class UnknownGroup {
  private UnknownGroup() {}

  /**
   * What the node answered about a group.
   *
   * @throws CommandFailure if there is no such group
   */
  static <T> T orResult(KafkaFuture<T> answer, String group)
      throws ExecutionException, InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        throw new CommandFailure("there is no group \"" + group + "\"");
      }
      throw e;
    }
  }
}
