package io.castalia.streams.processing.runtime;

import io.castalia.api.ProducerIdentity;
import io.castalia.streams.Retry;
import io.castalia.streams.processing.internal.OutputBatch;
import io.castalia.streams.processing.runtime.TaskCommand.Arrived;
import io.castalia.streams.processing.runtime.TaskCommand.NotArrived;
import io.castalia.streams.processing.runtime.TaskCommand.NotSent;
import io.castalia.streams.processing.runtime.TaskCommand.Sent;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.slf4j.Logger;

/** What a task asks of brokers; the answers come to it as messages. */
record TaskCalls(ActorContext<TaskCommand> context, TaskResources resources) {
  /** A task is one producer for ever: its journal, and not an epoch, tells who it is. */
  private static final short EPOCH = 0;

  void fetch(TopicPartition partition, long offset) {
    ProcessingSettings.Limits limits = resources.settings().limits();
    context.pipeToSelf(
        resources.client().fetch(partition, offset, limits.fetchBytes(), limits.fetchWait()),
        (fetched, failure) ->
            failure == null
                ? new Arrived(partition, fetched)
                : new NotArrived(partition, Retry.rootOf(failure)));
  }

  /** Nothing depends on it: what stays is deleted the next time. */
  void delete(TopicPartition partition, long before) {
    Logger log = context.getSystem().log();
    resources
        .client()
        .deleteRecords(partition, before)
        .whenComplete(
            (deleted, failure) -> {
              if (failure != null) {
                log.warn("Records of {} that have been read stay for now", partition, failure);
              }
            });
  }

  void send(OutputBatch batch, long producerId) {
    ProducerIdentity identity = new ProducerIdentity(producerId, EPOCH, batch.sequence());
    context.pipeToSelf(
        resources.client().produce(batch.partition(), batch.records(), Optional.of(identity)),
        (produced, failure) ->
            failure == null
                ? new Sent(batch.partition())
                : new NotSent(batch.partition(), Retry.rootOf(failure)));
  }
}
