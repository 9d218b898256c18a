package io.castalia.streams.connect;

import io.castalia.api.CastaliaClient;
import io.castalia.api.ProducerIdentity;
import io.castalia.streams.Retry;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.Done;

/** Publishes batches with the identity that the ledger gives them: again does no harm. */
record LedgerPublisher(CastaliaClient client, Retry retry) {

  CompletionStage<Long> allocate() {
    return retry.call(() -> client.allocateProducerId().thenApply(id -> id.producerId()));
  }

  /** Completes when all of the batch is durable. */
  CompletionStage<Done> publish(LedgerState state, SourceBatch batch) {
    return CompletableFuture.allOf(
            batch.parts().stream()
                .map(part -> publish(state, part).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> Done.getInstance());
  }

  private CompletionStage<?> publish(LedgerState state, SourceBatch.Part part) {
    var identity =
        Optional.of(new ProducerIdentity(state.producerId(), (short) 0, state.sequence(part)));
    var partition = new TopicPartition(part.topic(), part.partition());
    return retry.call(() -> client.produce(partition, part.records(), identity));
  }
}
