package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.Request;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.AllDeadLetters;
import org.apache.pekko.actor.UnhandledMessage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.event.EventStream;

/**
 * Answers requests that got lost between two owners. Sharding drops what it has buffered for a
 * shard that is handed over, lest it be overtaken; such a shard handles nothing any more; and a
 * partition's mailbox ends with it. Whoever asked would wait in vain for as long as a slow write
 * may take.
 */
final class LostRequests {
  private LostRequests() {}

  /** Listens on this node for as long as the actor system lives. */
  static Behavior<Object> create() {
    return Behaviors.setup(
        context -> {
          EventStream events = Adapter.toClassic(context.getSystem()).eventStream();
          ActorRef self = Adapter.toClassic(context.getSelf());
          events.subscribe(self, AllDeadLetters.class);
          events.subscribe(self, UnhandledMessage.class);
          return Behaviors.receive(Object.class)
              .onMessage(AllDeadLetters.class, lost -> refuse(lost.message()))
              .onMessage(UnhandledMessage.class, lost -> refuse(lost.getMessage()))
              .build();
        });
  }

  /** What was dropped comes as a dead letter in a dead letter. */
  private static Behavior<Object> refuse(Object message) {
    if (message instanceof AllDeadLetters inner) {
      return refuse(inner.message());
    }
    Object content = message instanceof ShardingEnvelope<?> sent ? sent.message() : message;
    if (content instanceof Request request) {
      request.refuse(Errors.NOT_LEADER_OR_FOLLOWER, "the partition moves");
    }
    return Behaviors.same();
  }
}
