package io.castalia.actors.partition;

import io.castalia.persistence.LogEntry;
import io.castalia.persistence.LogReader;
import io.castalia.persistence.ReadQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads entries from a list. */
final class FakeLogReader implements LogReader {
  final List<LogEntry> entries = new ArrayList<>();
  final List<ReadQuery> queries = new ArrayList<>();

  @Override
  public CompletionStage<List<LogEntry>> read(ReadQuery query) {
    queries.add(query);
    return CompletableFuture.completedFuture(
        entries.stream()
            .filter(entry -> entry.lastPosition() >= query.position())
            .filter(entry -> entry.firstPosition() < query.limit())
            .toList());
  }

  @Override
  public CompletionStage<Optional<LogEntry>> findTimestamp(ReadQuery query, long timestamp) {
    return CompletableFuture.completedFuture(
        entries.stream()
            .filter(entry -> entry.lastPosition() >= query.position())
            .filter(entry -> entry.firstPosition() < query.limit())
            .filter(entry -> entry.maxTimestamp() >= timestamp)
            .findFirst());
  }

  @Override
  public CompletionStage<Boolean> exists(String log) {
    return CompletableFuture.completedFuture(!entries.isEmpty());
  }
}
