package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.Request;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.AllDeadLetters;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * Answers requests that got lost between two owners. Sharding drops what it has buffered for a
 * shard that is handed over, lest it be overtaken, and a partition's mailbox ends with it: whoever
 * asked would wait in vain for as long as a slow write may take.
 */
final class LostRequests {
  private LostRequests() {}

  /** Listens on this node for as long as the actor system lives. */
  static Behavior<AllDeadLetters> create() {
    return Behaviors.setup(
        context -> {
          Adapter.toClassic(context.getSystem())
              .eventStream()
              .subscribe(Adapter.toClassic(context.getSelf()), AllDeadLetters.class);
          return Behaviors.receiveMessage(
              lost -> {
                refuse(lost.message());
                return Behaviors.same();
              });
        });
  }

  private static void refuse(Object message) {
    Object content = message instanceof ShardingEnvelope<?> sent ? sent.message() : message;
    if (content instanceof Request request) {
      request.refuse(Errors.NOT_LEADER_OR_FOLLOWER, "the partition moves");
    }
  }
}
