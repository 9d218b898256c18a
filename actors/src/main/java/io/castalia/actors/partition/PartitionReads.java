package io.castalia.actors.partition;

import io.castalia.persistence.LogEntry;
import io.castalia.persistence.LogReader;
import io.castalia.persistence.ReadQuery;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/** Reads of records: the owner says what may be read, the log reader reads it. */
final class PartitionReads {
  private static final long LATEST = -1;
  private static final long EARLIEST = -2;
  private static final long LARGEST_TIMESTAMP = -3;
  private static final long EARLIEST_LOCAL = -4;

  private final LogReader reader;
  private final Locator locator;

  PartitionReads(LogReader reader, Locator locator) {
    this.reader = reader;
    this.locator = locator;
  }

  /** Asks a partition's owner for the bounds of its log. Never fails. */
  @FunctionalInterface
  interface Locator {
    CompletionStage<PartitionBounds> locate(
        PartitionId partition, long offset, int expectedLeaderEpoch);
  }

  CompletionStage<FetchResult> fetch(PartitionId partition, FetchQuery query) {
    return fetchOnce(partition, query)
        .thenCompose(
            result ->
                result.error() == Errors.NOT_LEADER_OR_FOLLOWER && result.highWatermark() >= 0
                    ? fetchOnce(partition, query)
                    : CompletableFuture.completedFuture(result));
  }

  /** NOT_LEADER_OR_FOLLOWER with bounds: the log has changed since the owner gave them. */
  private CompletionStage<FetchResult> fetchOnce(PartitionId partition, FetchQuery query) {
    return locator
        .locate(partition, query.offset(), query.expectedLeaderEpoch())
        .thenCompose(
            bounds -> {
              long limit = bounds.limit(query.readCommitted());
              if (bounds.error() != Errors.NONE || query.offset() >= limit) {
                return CompletableFuture.completedFuture(result(bounds.error(), bounds, List.of()));
              }
              return reader
                  .read(
                      new ReadQuery(
                          partition.log(),
                          bounds.leaderEpoch(),
                          query.offset(),
                          limit,
                          query.maxBytes()))
                  .handle((entries, failure) -> result(bounds, query, limit, entries, failure));
            });
  }

  private static FetchResult result(
      PartitionBounds bounds,
      FetchQuery query,
      long limit,
      List<LogEntry> entries,
      Throwable failure) {
    if (failure != null) {
      return result(Errors.KAFKA_STORAGE_ERROR, bounds, List.of());
    }
    List<ByteString> batches = BatchSlices.of(entries, query.offset(), limit, query.maxBytes());
    return result(batches.isEmpty() ? Errors.NOT_LEADER_OR_FOLLOWER : Errors.NONE, bounds, batches);
  }

  private static FetchResult result(
      Errors error, PartitionBounds bounds, List<ByteString> batches) {
    return new FetchResult(
        error,
        bounds.highWatermark(),
        bounds.lastStableOffset(),
        bounds.logStart(),
        bounds.leaderEpoch(),
        batches);
  }

  CompletionStage<OffsetResult> listOffset(
      PartitionId partition, long timestamp, int expectedLeaderEpoch, boolean readCommitted) {
    return locator
        .locate(partition, -1, expectedLeaderEpoch)
        .thenCompose(
            bounds ->
                bounds.error() == Errors.NONE
                    ? offset(partition, timestamp, bounds, bounds.limit(readCommitted))
                    : CompletableFuture.completedFuture(OffsetResult.refused(bounds.error())))
        .exceptionally(failure -> OffsetResult.refused(Errors.KAFKA_STORAGE_ERROR));
  }

  private CompletionStage<OffsetResult> offset(
      PartitionId partition, long timestamp, PartitionBounds bounds, long limit) {
    if (timestamp == LATEST) {
      return found(limit, bounds.leaderEpoch());
    }
    if (timestamp == EARLIEST || timestamp == EARLIEST_LOCAL) {
      return found(bounds.logStart(), bounds.logStartEpoch());
    }
    TimestampSearch search = new TimestampSearch(reader, partition.log(), bounds, limit);
    if (timestamp == LARGEST_TIMESTAMP) {
      return search.largest(bounds.maxTimestamp());
    }
    return timestamp < 0
        ? CompletableFuture.completedFuture(TimestampSearch.NOTHING)
        : search.firstAtLeast(timestamp);
  }

  private static CompletionStage<OffsetResult> found(long offset, int leaderEpoch) {
    return CompletableFuture.completedFuture(
        new OffsetResult(Errors.NONE, offset, -1, leaderEpoch));
  }
}
