package io.castalia.streams;

import io.castalia.api.BrokerCommand.FindOffset;
import io.castalia.api.BrokerReply.Fetched;
import io.castalia.api.CastaliaClient;
import io.castalia.api.Header;
import io.castalia.api.InboundRecord;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RecordDeserializationException.DeserializationExceptionOrigin;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.japi.function.Creator;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition as a source: one fetch in flight, the next one begun while records are
 * consumed.
 */
final class PartitionReader<K, V> {
  private static final int FETCHES_AHEAD = 1;

  private final ConsumerSettings<K, V> settings;
  private final TopicPartition partition;
  private final CastaliaClient client;
  private final Retry retry;

  PartitionReader(ConsumerSettings<K, V> settings, TopicPartition partition) {
    this.settings = settings;
    this.partition = partition;
    this.client = settings.client();
    this.retry = new Retry(settings.system(), settings.fetch().retryTimeout());
  }

  Source<ConsumerRecord<K, V>, NotUsed> from(Subscription.Manual subscription) {
    return lazily(() -> start(subscription));
  }

  /**
   * From what is committed; without, from where the settings say, or from its beginning if the
   * partition has been added since the stream joined its group.
   *
   * @param begun told where that is, if nothing is committed
   */
  Source<ConsumerRecord<K, V>, NotUsed> from(
      LeaseHolder holder, Optional<OffsetAndMetadata> committed, LongConsumer begun) {
    return lazily(
        () ->
            committed
                .map(offset -> CompletableFuture.completedStage(offset.offset()))
                .orElseGet(
                    () ->
                        begin(holder)
                            .thenApply(
                                offset -> {
                                  begun.accept(offset);
                                  return offset;
                                })));
  }

  private CompletionStage<Long> begin(LeaseHolder holder) {
    return holder
        .isAdded(partition)
        .thenCompose(
            added ->
                added
                    ? find(FindOffset.EARLIEST)
                    : reset(new NoOffsetForPartitionException(partition)));
  }

  private Source<ConsumerRecord<K, V>, NotUsed> lazily(Creator<CompletionStage<Long>> start) {
    return Source.lazyCompletionStage(start)
        .flatMapConcat(this::records)
        .mapMaterializedValue(ignored -> NotUsed.getInstance());
  }

  private Source<ConsumerRecord<K, V>, NotUsed> records(long start) {
    return Source.unfoldAsync(start, this::fetch)
        .buffer(FETCHES_AHEAD, org.apache.pekko.stream.OverflowStrategy.backpressure())
        .mapConcat(fetched -> fetched)
        .map(this::deserialize);
  }

  CompletionStage<Long> start(Subscription.Manual subscription) {
    if (subscription instanceof Subscription.AssignmentWithOffset assignment) {
      return CompletableFuture.completedStage(offsetOf(assignment.offsets().get(partition)));
    }
    if (subscription instanceof Subscription.AssignmentForTimes assignment) {
      return find(offsetOf(assignment.timestamps().get(partition)))
          .thenCompose(
              offset ->
                  offset >= 0 ? CompletableFuture.completedStage(offset) : find(FindOffset.LATEST));
    }
    return reset(new NoOffsetForPartitionException(partition));
  }

  /** Where to begin without a usable offset. */
  private CompletionStage<Long> reset(Throwable without) {
    OptionalLong timestamp = settings.offsetReset().timestamp();
    return timestamp.isPresent()
        ? find(timestamp.getAsLong())
        : CompletableFuture.failedStage(without);
  }

  private CompletionStage<Long> find(long timestamp) {
    return retry.call(
        () -> client.findOffset(partition, timestamp).thenApply(found -> found.offset()));
  }

  private CompletionStage<Optional<Pair<Long, List<InboundRecord>>>> fetch(long offset) {
    return retry
        .call(
            () ->
                client.fetch(
                    partition, offset, settings.fetch().maxBytes(), settings.fetch().maxWait()))
        .handle(
            (fetched, failure) ->
                failure == null
                    ? CompletableFuture.completedStage(next(fetched))
                    : resetOr(failure))
        .thenCompose(stage -> stage);
  }

  private CompletionStage<Optional<Pair<Long, List<InboundRecord>>>> resetOr(Throwable failure) {
    Throwable cause = Retry.rootOf(failure);
    return cause instanceof OffsetOutOfRangeException
        ? reset(cause).thenApply(offset -> Optional.of(Pair.create(offset, List.of())))
        : CompletableFuture.failedStage(cause);
  }

  private static Optional<Pair<Long, List<InboundRecord>>> next(Fetched fetched) {
    return Optional.of(Pair.create(fetched.nextOffset(), fetched.records()));
  }

  private static long offsetOf(@Nullable Long offset) {
    if (offset == null) {
      throw new IllegalStateException("expected an offset for each assigned partition");
    }
    return offset;
  }

  private ConsumerRecord<K, V> deserialize(InboundRecord record) {
    var headers = new RecordHeaders();
    for (Header header : record.headers()) {
      headers.add(header.name(), array(header.value()));
    }
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        record.offset(),
        record.timestamp(),
        TimestampType.CREATE_TIME,
        size(record.key()),
        size(record.value()),
        part(DeserializationExceptionOrigin.KEY, settings.keyDeserializer(), record, headers),
        part(DeserializationExceptionOrigin.VALUE, settings.valueDeserializer(), record, headers),
        headers,
        Optional.empty());
  }

  private <T> T part(
      DeserializationExceptionOrigin origin,
      Deserializer<T> deserializer,
      InboundRecord record,
      RecordHeaders headers) {
    ByteString bytes = origin == DeserializationExceptionOrigin.KEY ? record.key() : record.value();
    try {
      return deserializer.deserialize(partition.topic(), headers, array(bytes));
    } catch (RuntimeException e) {
      throw new RecordDeserializationException(
          origin,
          partition,
          record.offset(),
          record.timestamp(),
          TimestampType.CREATE_TIME,
          buffer(record.key()),
          buffer(record.value()),
          headers,
          "The %s of the record at offset %d of %s cannot be deserialized: %s"
              .formatted(
                  origin.name().toLowerCase(Locale.ROOT),
                  record.offset(),
                  partition,
                  e.getMessage()),
          e);
    }
  }

  private static @Nullable ByteBuffer buffer(@Nullable ByteString bytes) {
    return bytes == null ? null : bytes.asByteBuffer();
  }

  private static byte @Nullable [] array(@Nullable ByteString bytes) {
    return bytes == null ? null : bytes.toArray();
  }

  private static int size(@Nullable ByteString bytes) {
    return bytes == null ? ConsumerRecord.NULL_SIZE : bytes.length();
  }
}
