package io.castalia.streams.processing.runtime;

import io.castalia.api.BrokerCommand.FindOffset;
import io.castalia.api.CastaliaClient;
import io.castalia.streams.Retry;
import io.castalia.streams.processing.internal.TaskShape;
import io.castalia.streams.processing.internal.TaskState;
import io.castalia.streams.processing.runtime.TaskCommand.Found;
import io.castalia.streams.processing.runtime.TaskCommand.GetShape;
import io.castalia.streams.processing.runtime.TaskCommand.Unfit;
import io.castalia.streams.processing.runtime.TaskReply.NotTold;
import io.castalia.streams.processing.runtime.TaskReply.ShapeTold;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;

/**
 * What a task finds out before it works, when it begins for the first time or has more to read. A
 * task that has never run asks the first one of its part how the application began: whether it is
 * new itself, or its partition is.
 *
 * @param first task of its part
 */
record TaskBeginning(
    TaskId id, TaskResources resources, EntityRef<TaskCommand> first, Retry retry) {

  /** Gives {@link Found} or {@link Unfit}. */
  CompletionStage<TaskCommand> find(TaskState state) {
    return state.isOpen()
        ? offsets(resources.added(id, state.offsets().keySet()))
            .thenApply(found -> new Found(found, state.producerId()))
        : began().thenCompose(this::begin);
  }

  private CompletionStage<TaskShape> began() {
    return id.partition() == 0
        ? CompletableFuture.completedStage(TaskShape.NONE)
        : retry.call(this::askFirst);
  }

  private CompletionStage<TaskShape> askFirst() {
    CompletionStage<TaskReply> told =
        first.ask(GetShape::new, resources.settings().limits().callTimeout());
    return told.thenApply(
        reply -> {
          if (reply instanceof NotTold notTold) {
            throw notTold.exception();
          }
          return ((ShapeTold) reply).shape();
        });
  }

  private CompletionStage<TaskCommand> begin(TaskShape began) {
    Optional<String> refusal = resources.refusal(id, began);
    if (refusal.isPresent()) {
      return CompletableFuture.completedStage(new Unfit(refusal.get()));
    }
    return offsets(resources.inputs(id, began))
        .thenCompose(
            found ->
                client()
                    .allocateProducerId()
                    .thenApply(allocated -> new Found(found, allocated.producerId())));
  }

  private CompletionStage<Map<TopicPartition, Long>> offsets(Map<TopicPartition, Long> inputs) {
    CompletionStage<Map<TopicPartition, Long>> offsets =
        CompletableFuture.completedStage(new HashMap<>());
    for (Map.Entry<TopicPartition, Long> input : inputs.entrySet()) {
      offsets = offsets.thenCompose(found -> with(found, input.getKey(), input.getValue()));
    }
    return offsets;
  }

  private CompletionStage<Map<TopicPartition, Long>> with(
      Map<TopicPartition, Long> found, TopicPartition partition, long time) {
    Long place = resources.record().places().get(partition);
    return (place == null ? find(partition, time) : near(partition, place))
        .thenApply(
            offset -> {
              found.put(partition, offset);
              return found;
            });
  }

  /** Where a reset says, or at the beginning of what has been there since only. */
  private CompletionStage<Long> near(TopicPartition partition, long place) {
    return find(partition, FindOffset.EARLIEST)
        .thenCombine(
            find(partition, FindOffset.LATEST),
            (first, end) -> place >= first && place <= end ? place : first);
  }

  private CompletionStage<Long> find(TopicPartition partition, long time) {
    return client().findOffset(partition, time).thenApply(found -> found.offset());
  }

  private CastaliaClient client() {
    return resources.client();
  }
}
