package io.castalia.persistence.cassandra;

import io.castalia.persistence.store.StoredEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;

/**
 * The rows of one partition of a table that wait to be written, in the order in which they came.
 *
 * <p>A few requests are under way at a time, so that the rows of a few logs do not wait for each
 * other; more only where there is enough for requests that are large, which gain nothing by
 * waiting.
 */
final class WaitingRows {
  private static final int FEW = 4;
  private static final int MANY = 16;

  /** A request of so many rows or bytes is large. */
  private static final int LARGE_ROWS = 64;

  private static final int LARGE_BYTES = 256 * 1024;

  /** A request is not larger, but for a row that is. */
  private static final int MOST_ROWS = 256;

  private static final int MOST_BYTES = 1024 * 1024;

  private final Object partition;
  private final Queue<Waiting> rows = new ArrayDeque<>();
  private long bytes;
  private int underWay;

  WaitingRows(Object partition) {
    this.partition = partition;
  }

  /**
   * A row that waits.
   *
   * @param since when it came, in nanoseconds
   * @param result whoever waits for it
   */
  record Waiting(StoredEntry row, long since, CompletableFuture<Done> result) {
    int bytes() {
      return row.header().remaining() + row.bulk().remaining();
    }
  }

  Object partition() {
    return partition;
  }

  void add(Waiting row) {
    rows.add(row);
    bytes += row.bytes();
  }

  int size() {
    return rows.size();
  }

  boolean mayBegin() {
    boolean large = rows.size() >= LARGE_ROWS || bytes >= LARGE_BYTES;
    return !rows.isEmpty() && underWay < (large ? MANY : FEW);
  }

  /** Begins a request. */
  List<Waiting> begin() {
    List<Waiting> request = new ArrayList<>();
    int size = 0;
    for (Waiting next = rows.peek();
        next != null
            && request.size() < MOST_ROWS
            && (size + next.bytes() <= MOST_BYTES || request.isEmpty());
        next = rows.peek()) {
      size += next.bytes();
      request.add(rows.remove());
    }
    bytes -= size;
    underWay++;
    return request;
  }

  void ended() {
    underWay--;
  }

  boolean isIdle() {
    return rows.isEmpty() && underWay == 0;
  }
}
