package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Reads all pages of a result. Cassandra counts pages in rows, yet a row may have 1 MiB or 100
 * bytes: the first page is small, the following ones hold as many rows of the size seen so far as
 * fit {@link #TARGET_BYTES}.
 */
final class Pages<T> {
  private static final int FIRST_ROWS = 16;
  private static final int MAX_ROWS = 5_000;
  private static final long TARGET_BYTES = 4L << 20;

  private final CqlSession session;
  private final Function<Row, T> read;
  private final ToLongFunction<T> size;
  private final List<T> rows = new ArrayList<>();
  private long bytes;

  private Pages(CqlSession session, Function<Row, T> read, ToLongFunction<T> size) {
    this.session = session;
    this.read = read;
    this.size = size;
  }

  /** For small rows: the page size of the statement's profile. */
  static <T> CompletionStage<List<T>> ofSmallRows(
      CqlSession session, BoundStatement statement, Function<Row, T> read) {
    return new Pages<T>(session, read, row -> 0).next(statement);
  }

  static <T> CompletionStage<List<T>> ofLargeRows(
      CqlSession session, BoundStatement statement, Function<Row, T> read, ToLongFunction<T> size) {
    return new Pages<>(session, read, size).next(statement.setPageSize(FIRST_ROWS));
  }

  private CompletionStage<List<T>> next(BoundStatement statement) {
    return session.executeAsync(statement).thenCompose(page -> take(statement, page));
  }

  private CompletionStage<List<T>> take(BoundStatement statement, AsyncResultSet page) {
    for (Row row : page.currentPage()) {
      T value = read.apply(row);
      bytes += size.applyAsLong(value);
      rows.add(value);
    }
    if (!page.hasMorePages()) {
      return CompletableFuture.completedFuture(rows);
    }
    BoundStatement following =
        statement.setPagingState(page.getExecutionInfo().getSafePagingState());
    return next(bytes == 0 ? following : following.setPageSize(rowsThatFit()));
  }

  private int rowsThatFit() {
    long average = Math.max(1, bytes / rows.size());
    return (int) Math.max(1, Math.min(MAX_ROWS, TARGET_BYTES / average));
  }
}
