package io.castalia.streams.processing.runtime;

import io.castalia.api.BrokerReply.Fetched;
import io.castalia.streams.processing.internal.TaskEvent.Paged;
import io.castalia.streams.processing.internal.TaskState;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.actor.typed.ActorRef;

/** Messages to a task. */
sealed interface TaskCommand {

  /** From other nodes. */
  sealed interface Remote extends TaskCommand, TaskMessage {}

  /** Sees to it that the task runs. */
  record Wake() implements Remote {}

  /** The task moves, or its node stops. */
  record Stop() implements Remote {}

  /** Asks for the status. */
  record GetStatus(ActorRef<TaskReply> replyTo) implements Remote {}

  /** Asks for values. */
  record GetValues(StoreQuestion question, ActorRef<TaskReply> replyTo) implements Remote {}

  /** Asks what the task's state fits; answered with a {@link TaskReply}. */
  record GetShape(ActorRef<TaskReply> replyTo) implements Remote {}

  /** The journal has told what there is. */
  record Recovered(TaskState state) implements TaskCommand {}

  /** An event is durable. */
  record Persisted(TaskState state) implements TaskCommand {}

  /** The task knows where to begin to read. */
  record Found(Map<TopicPartition, Long> offsets, long producerId) implements TaskCommand {}

  /** It is not to begin. */
  record Unfit(String why) implements TaskCommand {}

  /** That could not be found out. */
  record NotFound(Throwable failure) implements TaskCommand {}

  /** Records have come. */
  record Arrived(TopicPartition partition, Fetched fetched) implements TaskCommand {}

  /** A fetch has failed. */
  record NotArrived(TopicPartition partition, Throwable failure) implements TaskCommand {}

  /** The oldest batch for a partition has been published. */
  record Sent(TopicPartition partition) implements TaskCommand {}

  /** It could not be. */
  record NotSent(TopicPartition partition, Throwable failure) implements TaskCommand {}

  /** Frozen changes have been written to pages. */
  record PagesWritten(Paged paged) implements TaskCommand {}

  /** They could not be. */
  record PagesNotWritten(Throwable failure) implements TaskCommand {}

  /** The first of the superseded pages have been deleted. */
  record PagesDeleted(int count) implements TaskCommand {}

  /** They could not be. */
  record PagesNotDeleted(Throwable failure) implements TaskCommand {}

  /** Time to look at the clock. */
  record Tick() implements TaskCommand {}

  /** Time to try again what failed. */
  record TryAgain() implements TaskCommand {}
}
