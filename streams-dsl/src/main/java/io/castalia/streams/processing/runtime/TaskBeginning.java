package io.castalia.streams.processing.runtime;

import io.castalia.api.CastaliaClient;
import io.castalia.streams.processing.runtime.TaskCommand.Found;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;

/**
 * What a task finds out when it begins for the first time.
 *
 * @param inputs the partitions that it reads, each with the time for which to ask where to begin
 */
record TaskBeginning(CastaliaClient client, Map<TopicPartition, Long> inputs) {

  CompletionStage<TaskCommand> find() {
    CompletionStage<Map<TopicPartition, Long>> offsets =
        CompletableFuture.completedStage(new HashMap<>());
    for (Map.Entry<TopicPartition, Long> input : inputs.entrySet()) {
      offsets = offsets.thenCompose(found -> with(found, input.getKey(), input.getValue()));
    }
    return offsets.thenCompose(
        found ->
            client
                .allocateProducerId()
                .thenApply(allocated -> new Found(found, allocated.producerId())));
  }

  private CompletionStage<Map<TopicPartition, Long>> with(
      Map<TopicPartition, Long> found, TopicPartition partition, long time) {
    return client
        .findOffset(partition, time)
        .thenApply(
            offset -> {
              found.put(partition, offset.offset());
              return found;
            });
  }
}
