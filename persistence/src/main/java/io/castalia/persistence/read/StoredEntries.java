package io.castalia.persistence.read;

import io.castalia.persistence.LogEntry;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.StoredEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.util.ByteString;

/**
 * Entries read back from the store. Each row is read once for all that want it at the same time,
 * and kept for a while (first in, first out, within a byte budget): a reader comes back for the
 * rest of an entry, and read-ahead fetches rows before they are asked for.
 */
final class StoredEntries {
  private record Key(String log, long segment, long sequence) {}

  private final LogStore store;
  private final long capacityBytes;
  private final ConcurrentHashMap<Key, CompletableFuture<LogEntry>> entries =
      new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Key> order = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  StoredEntries(LogStore store, long capacityBytes) {
    this.store = store;
    this.capacityBytes = capacityBytes;
  }

  /** The entries of these rows of one segment, which must be in order and without gaps. */
  CompletableFuture<List<LogEntry>> read(String log, List<Row> rows) {
    List<CompletableFuture<LogEntry>> wanted = request(log, rows);
    return CompletableFuture.allOf(wanted.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> wanted.stream().map(CompletableFuture::join).toList());
  }

  /**
   * Starts reading these rows. A failure is met again, and reported, by the reader that comes for
   * them.
   */
  void prefetch(String log, List<Row> rows) {
    request(log, rows);
  }

  private List<CompletableFuture<LogEntry>> request(String log, List<Row> rows) {
    var wanted = new ArrayList<CompletableFuture<LogEntry>>(rows.size());
    var missing = new ArrayList<Row>();
    for (Row row : rows) {
      var fresh = new CompletableFuture<LogEntry>();
      var known = entries.putIfAbsent(key(log, row), fresh);
      wanted.add(known == null ? fresh : known);
      if (known == null) {
        missing.add(row);
      } else {
        load(log, missing);
        missing.clear();
      }
    }
    load(log, missing);
    return wanted;
  }

  long bytes() {
    return bytes.get();
  }

  private void load(String log, List<Row> run) {
    if (run.isEmpty()) {
      return;
    }
    List<Row> rows = List.copyOf(run);
    Row first = rows.get(0);
    Row last = rows.get(rows.size() - 1);
    store
        .readEntries(log, first.segment(), first.sequence(), last.sequence())
        .whenComplete(
            (found, failure) -> {
              if (failure != null) {
                rows.forEach(row -> fail(key(log, row), failure));
              } else {
                deliver(log, rows, found);
              }
            });
  }

  private void deliver(String log, List<Row> rows, List<StoredEntry> found) {
    int next = 0;
    for (Row row : rows) {
      while (next < found.size() && found.get(next).sequence() < row.sequence()) {
        next++;
      }
      Key key = key(log, row);
      if (next < found.size() && found.get(next).sequence() == row.sequence()) {
        keep(key, row.with(bytesOf(found.get(next).bulk())));
      } else {
        fail(key, new SegmentDroppedException(log, row.segment()));
      }
    }
    evict();
  }

  private void keep(Key key, LogEntry entry) {
    CompletableFuture<LogEntry> waiting = entries.get(key);
    if (waiting != null && waiting.complete(entry)) {
      bytes.addAndGet(entry.bulk().length());
      order.add(key);
    }
  }

  private void fail(Key key, Throwable failure) {
    CompletableFuture<LogEntry> waiting = entries.remove(key);
    if (waiting != null) {
      waiting.completeExceptionally(failure);
    }
  }

  private void evict() {
    while (bytes.get() > capacityBytes) {
      Key oldest = order.poll();
      if (oldest == null) {
        return;
      }
      CompletableFuture<LogEntry> gone = entries.remove(oldest);
      if (gone != null) {
        bytes.addAndGet(-gone.join().bulk().length());
      }
    }
  }

  private static Key key(String log, Row row) {
    return new Key(log, row.segment(), row.sequence());
  }

  private static ByteString bytesOf(ByteBuffer buffer) {
    return buffer.hasArray()
        ? ByteString.fromArrayUnsafe(
            buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining())
        : ByteString.fromByteBuffer(buffer.duplicate());
  }
}
