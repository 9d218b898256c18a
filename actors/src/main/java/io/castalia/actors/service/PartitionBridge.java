package io.castalia.actors.service;

import io.castalia.actors.partition.AppendResult;
import io.castalia.actors.partition.FetchQuery;
import io.castalia.actors.partition.FetchResult;
import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.partition.Partitions;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.api.BrokerCommand;
import io.castalia.api.BrokerReply;
import io.castalia.api.BrokerReply.Refused;
import io.castalia.api.internal.RecordBatches;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/** The api's messages about records, asked of the partitions that hold them. */
final class PartitionBridge {
  /** With one more batch still within what remoting takes. */
  private static final int MAX_REPLY_BYTES = 8 * 1024 * 1024;

  private final Partitions partitions;
  private final Supplier<TopicCatalog> catalog;

  PartitionBridge(Partitions partitions, Supplier<TopicCatalog> catalog) {
    this.partitions = partitions;
    this.catalog = catalog;
  }

  CompletionStage<BrokerReply> produce(BrokerCommand.Produce command) {
    return produce(
        command.partition(), RecordBatches.encode(command.records(), command.identity()));
  }

  CompletionStage<BrokerReply> produce(BrokerCommand.ProduceBatch command) {
    return produce(command.partition(), command.batch());
  }

  private CompletionStage<BrokerReply> produce(TopicPartition partition, ByteString batch) {
    return onPartition(
        partition, id -> partitions.append(id, batch).thenApply(PartitionBridge::produced));
  }

  CompletionStage<BrokerReply> fetch(BrokerCommand.Fetch command) {
    return fetch(
            new BrokerCommand.FetchBatches(
                command.partition(),
                command.offset(),
                command.maxBytes(),
                command.maxWait(),
                command.replyTo()))
        .thenApply(
            reply ->
                reply instanceof BrokerReply.FetchedBatches fetched
                    ? fetched.decode(command.offset())
                    : reply);
  }

  CompletionStage<BrokerReply> fetch(BrokerCommand.FetchBatches command) {
    int maxBytes = Math.min(command.maxBytes(), MAX_REPLY_BYTES);
    var query = new FetchQuery(command.offset(), maxBytes, -1, false);
    return onPartition(
        command.partition(),
        id ->
            partitions
                .fetch(id, query)
                .thenCompose(
                    first ->
                        isEmptyHanded(first) && !command.maxWait().isZero()
                            ? awaitRecords(id, command, first)
                                .thenCompose(done -> partitions.fetch(id, query))
                            : CompletableFuture.completedFuture(first))
                .thenApply(PartitionBridge::fetched));
  }

  private CompletionStage<?> awaitRecords(
      PartitionId id, BrokerCommand.FetchBatches command, FetchResult first) {
    String waiter = command.replyTo().path().toSerializationFormat();
    return partitions.awaitRecords(id, first.highWatermark(), 1, command.maxWait(), waiter);
  }

  CompletionStage<BrokerReply> findOffset(BrokerCommand.FindOffset command) {
    return onPartition(
        command.partition(),
        id ->
            partitions
                .listOffset(id, command.timestamp(), -1, false)
                .thenApply(
                    result ->
                        result.error() == Errors.NONE
                            ? new BrokerReply.OffsetFound(result.offset(), result.timestamp())
                            : refused(result.error())));
  }

  CompletionStage<BrokerReply> deleteRecords(BrokerCommand.DeleteRecords command) {
    return onPartition(
        command.partition(),
        id ->
            partitions
                .deleteRecords(id, command.offset())
                .thenApply(
                    result ->
                        result.error() == Errors.NONE
                            ? new BrokerReply.RecordsDeleted(result.offset())
                            : refused(result.error())));
  }

  private CompletionStage<BrokerReply> onPartition(
      TopicPartition partition, Function<PartitionId, CompletionStage<BrokerReply>> action) {
    Optional<TopicDescription> topic = catalog.get().byName(partition.topic());
    if (topic.isEmpty()) {
      return CompletableFuture.completedFuture(TopicBridge.unknown(partition.topic()));
    }
    if (partition.partition() < 0 || partition.partition() >= topic.get().partitions()) {
      return CompletableFuture.completedFuture(
          new Refused(
              Errors.UNKNOWN_TOPIC_OR_PARTITION,
              "expected a partition of \"%s\" below %d, but it was %d"
                  .formatted(partition.topic(), topic.get().partitions(), partition.partition())));
    }
    return action.apply(new PartitionId(topic.get().id(), partition.partition()));
  }

  private static boolean isEmptyHanded(FetchResult result) {
    return result.error() == Errors.NONE && result.batches().isEmpty();
  }

  private static BrokerReply produced(AppendResult result) {
    return result.error() == Errors.NONE
        ? new BrokerReply.Produced(result.baseOffset())
        : new Refused(result.error(), result.message());
  }

  private static BrokerReply fetched(FetchResult result) {
    return result.error() == Errors.NONE
        ? new BrokerReply.FetchedBatches(
            result.batches(), result.highWatermark(), result.logStartOffset())
        : refused(result.error());
  }

  private static BrokerReply refused(Errors error) {
    return new Refused(error, error.message());
  }
}
