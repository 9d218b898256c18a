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
 * Entries read back from the store, or from what is kept nearer. Each row is read once for all that
 * want it at the same time, and kept for a while (first in, first out, within a byte budget): a
 * reader comes back for the rest of an entry, and read-ahead fetches rows before they are asked
 * for.
 */
final class StoredEntries {
  private final LogStore store;
  private final RecentRows recent;
  private final ReadMeters meters;
  private final long capacityBytes;
  private final ConcurrentHashMap<RowId, CompletableFuture<LogEntry>> entries =
      new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<RowId> order = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  StoredEntries(LogStore store, RecentRows recent, ReadMeters meters, long capacityBytes) {
    this.store = store;
    this.recent = recent;
    this.meters = meters;
    this.capacityBytes = capacityBytes;
  }

  /** The entries of these rows of one segment, which must be in order and without gaps. */
  CompletableFuture<List<LogEntry>> read(String log, List<Row> rows) {
    List<CompletableFuture<LogEntry>> wanted = new ArrayList<>(rows.size());
    int known = request(log, rows, wanted);
    meters.fromMemory(known);
    return CompletableFuture.allOf(wanted.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> wanted.stream().map(CompletableFuture::join).toList());
  }

  /**
   * Starts reading these rows. A failure is met again, and reported, by the reader that comes for
   * them.
   */
  void prefetch(String log, List<Row> rows) {
    request(log, rows, new ArrayList<>(rows.size()));
  }

  /**
   * Asks for rows.
   *
   * @param wanted takes the entries
   * @return how many had been asked for before
   */
  private int request(String log, List<Row> rows, List<CompletableFuture<LogEntry>> wanted) {
    int shared = 0;
    var missing = new ArrayList<Row>();
    for (Row row : rows) {
      var fresh = new CompletableFuture<LogEntry>();
      var known = entries.putIfAbsent(RowId.of(log, row), fresh);
      wanted.add(known == null ? fresh : known);
      if (known == null) {
        missing.add(row);
      } else {
        shared++;
        load(log, missing);
        missing.clear();
      }
    }
    load(log, missing);
    return shared;
  }

  long bytes() {
    return bytes.get();
  }

  private void load(String log, List<Row> run) {
    if (run.isEmpty()) {
      return;
    }
    List<Row> rows = List.copyOf(run);
    recent
        .read(rows.stream().map(row -> RowId.of(log, row)).toList())
        .thenAccept(
            bulks ->
                bulks.ifPresentOrElse(
                    found -> deliver(log, rows, found), () -> loadFromStore(log, rows)));
  }

  private void deliver(String log, List<Row> rows, List<ByteString> bulks) {
    meters.fromFile(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      keep(RowId.of(log, rows.get(i)), rows.get(i).with(bulks.get(i)));
    }
    evict();
  }

  private void loadFromStore(String log, List<Row> rows) {
    Row first = rows.get(0);
    Row last = rows.get(rows.size() - 1);
    store
        .readEntries(log, first.segment(), first.sequence(), last.sequence())
        .whenComplete(
            (found, failure) -> {
              if (failure != null) {
                rows.forEach(row -> fail(RowId.of(log, row), failure));
              } else {
                deliverStored(log, rows, found);
              }
            });
  }

  private void deliverStored(String log, List<Row> rows, List<StoredEntry> found) {
    meters.fromStore(found.size());
    int next = 0;
    for (Row row : rows) {
      while (next < found.size() && found.get(next).sequence() < row.sequence()) {
        next++;
      }
      RowId key = RowId.of(log, row);
      if (next < found.size() && found.get(next).sequence() == row.sequence()) {
        keep(key, row.with(bytesOf(found.get(next).bulk())));
      } else {
        fail(key, new SegmentDroppedException(log, row.segment()));
      }
    }
    evict();
  }

  private void keep(RowId key, LogEntry entry) {
    CompletableFuture<LogEntry> waiting = entries.get(key);
    if (waiting != null && waiting.complete(entry)) {
      bytes.addAndGet(entry.bulk().length());
      order.add(key);
    }
  }

  private void fail(RowId key, Throwable failure) {
    CompletableFuture<LogEntry> waiting = entries.remove(key);
    if (waiting != null) {
      waiting.completeExceptionally(failure);
    }
  }

  private void evict() {
    while (bytes.get() > capacityBytes) {
      RowId oldest = order.poll();
      if (oldest == null) {
        return;
      }
      CompletableFuture<LogEntry> gone = entries.remove(oldest);
      if (gone != null) {
        bytes.addAndGet(-gone.join().bulk().length());
      }
    }
  }

  private static ByteString bytesOf(ByteBuffer buffer) {
    return buffer.hasArray()
        ? ByteString.fromArrayUnsafe(
            buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining())
        : ByteString.fromByteBuffer(buffer.duplicate());
  }
}
