package io.castalia.persistence;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Reads logs by position, on any node, whoever owns the log. What lies beyond the limit of a query
 * (the high watermark that the owner gave) is never returned. Recent entries come from a cache with
 * one byte budget per node.
 */
public interface LogReader {

  /**
   * Whole entries in order, from the one that holds {@code query.position()} on. Empty when
   * position equals limit, or when the position lies in a segment that has been dropped.
   *
   * @return fails with {@link StoreUnavailableException} when the store cannot answer now
   */
  CompletionStage<List<LogEntry>> read(ReadQuery query);

  /**
   * The first entry at or after {@code query.position()} whose largest timestamp is at least {@code
   * timestamp} (milliseconds since the epoch), or empty when no entry below the limit has one.
   */
  CompletionStage<Optional<LogEntry>> findTimestamp(ReadQuery query, long timestamp);

  /**
   * Whether anybody has ever owned the log. One that nobody has holds nothing, and need not be
   * opened to find that out.
   *
   * @return fails with {@link StoreUnavailableException} when the store cannot answer now
   */
  CompletionStage<Boolean> exists(String log);
}
