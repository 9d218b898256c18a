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

  CompletionStage<Boolean> isUsed(PartitionId partition) {
    return reader.exists(partition.log());
  }

  CompletionStage<FetchResult> bounds(PartitionId partition, FetchQuery query) {
    return locator
        .locate(partition, query.offset(), query.expectedLeaderEpoch())
        .thenApply(
            bounds ->
                new FetchResult(
                    errorOf(bounds, query.offset()),
                    bounds.highWatermark(),
                    bounds.lastStableOffset(),
                    bounds.logStart(),
                    bounds.leaderEpoch(),
                    List.of()));
  }

  /** To the owner, a negative offset means that none is wanted. */
  private static Errors errorOf(PartitionBounds bounds, long offset) {
    return bounds.error() == Errors.NONE && offset < 0
        ? Errors.OFFSET_OUT_OF_RANGE
        : bounds.error();
  }

  CompletionStage<FetchResult> read(PartitionId partition, FetchQuery query, FetchResult bounds) {
    return readOnce(partition, query, bounds)
        .thenCompose(
            result ->
                result.error() == Errors.NOT_LEADER_OR_FOLLOWER && bounds.hasRecordsFor(query)
                    ? bounds(partition, query).thenCompose(now -> readOnce(partition, query, now))
                    : CompletableFuture.completedFuture(result));
  }

  /** NOT_LEADER_OR_FOLLOWER where there should be records: the log has changed meanwhile. */
  private CompletionStage<FetchResult> readOnce(
      PartitionId partition, FetchQuery query, FetchResult bounds) {
    if (!bounds.hasRecordsFor(query)) {
      return CompletableFuture.completedFuture(bounds.withoutRecords());
    }
    long limit = bounds.limit(query.readCommitted());
    return reader
        .read(
            new ReadQuery(
                partition.log(), bounds.leaderEpoch(), query.offset(), limit, query.maxBytes()))
        .handle((entries, failure) -> result(bounds, query, limit, entries, failure));
  }

  private static FetchResult result(
      FetchResult bounds, FetchQuery query, long limit, List<LogEntry> entries, Throwable failure) {
    if (failure != null) {
      return bounds.with(Errors.KAFKA_STORAGE_ERROR, List.of());
    }
    List<ByteString> batches = BatchSlices.of(entries, query.offset(), limit, query.maxBytes());
    return bounds.with(batches.isEmpty() ? Errors.NOT_LEADER_OR_FOLLOWER : Errors.NONE, batches);
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
