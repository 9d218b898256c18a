package io.castalia.persistence.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest rows, in a file: of what is read again soon, the operating system's page cache holds
 * as much as there is memory for. Rows are left out when the disk does not keep up, and all of them
 * once it fails or has less free space than the file may take.
 */
final class RowsInFile implements RecentRows {
  private static final Logger LOG = LoggerFactory.getLogger(RowsInFile.class);

  /** Each takes some 150 bytes of heap. */
  private static final int MAX_ROWS = 100_000;

  private static final long MAX_WAITING_BYTES = 16L << 20;

  /** The free space is looked at whenever so much of the file has been written. */
  private static final int LOOKS_A_ROUND = 16;

  private static final int READERS = 2;
  private static final long IDLE_SECONDS = 10;

  private record Place(long address, int size) {}

  private final RingFile file;
  private final LongSupplier freeSpace;
  private final ConcurrentHashMap<RowId, Place> places = new ConcurrentHashMap<>();
  private final ExecutorService writer = threads("castalia-recent-rows-writer", 1);
  private final ExecutorService readers = threads("castalia-recent-rows-reader", READERS);
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** In the order in which they were written; the writer's. */
  private final ArrayDeque<RowId> order = new ArrayDeque<>();

  /** Written since the free space was looked at; the writer's. */
  private long unlookedBytes;

  RowsInFile(RingFile file, LongSupplier freeSpace) {
    this.file = file;
    this.freeSpace = freeSpace;
  }

  /** An empty one, or none at all where there can be no file. */
  static RecentRows in(Path directory, long bytes) {
    try {
      return new RowsInFile(
          RingFile.in(directory, bytes), () -> directory.toFile().getUsableSpace());
    } catch (IOException e) {
      LOG.warn("No file for recent rows in {}, readers go to the store", directory, e);
      return RecentRows.NONE;
    }
  }

  @Override
  public void keep(RowId row, ByteString bulk) {
    int size = bulk.length();
    if (closed.get() || size == 0 || size > file.capacity()) {
      return;
    }
    if (waitingBytes.addAndGet(size) > MAX_WAITING_BYTES) {
      waitingBytes.addAndGet(-size);
      return;
    }
    writer.execute(() -> write(row, bulk));
  }

  private void write(RowId row, ByteString bulk) {
    try {
      if (!closed.get()) {
        places.put(row, new Place(file.append(bulk), bulk.length()));
        order.add(row);
        forgetOldest();
        lookForSpace(bulk.length());
      }
    } catch (IOException e) {
      giveUp(e);
    } finally {
      waitingBytes.addAndGet(-bulk.length());
    }
  }

  private void lookForSpace(int written) throws IOException {
    unlookedBytes += written;
    if (unlookedBytes > file.capacity() / LOOKS_A_ROUND) {
      unlookedBytes = 0;
      long free = freeSpace.getAsLong();
      if (free < file.capacity()) {
        throw new IOException(
            "expected %d bytes of free space at least, but there were %d"
                .formatted(file.capacity(), free));
      }
    }
  }

  private void forgetOldest() {
    while (order.size() > MAX_ROWS || !isThere(order.element())) {
      places.remove(order.remove());
    }
  }

  private boolean isThere(RowId row) {
    Place place = places.get(row);
    return place != null && file.has(place.address());
  }

  @Override
  public CompletionStage<Optional<List<ByteString>>> read(List<RowId> rows) {
    List<Place> known = new ArrayList<>(rows.size());
    for (RowId row : rows) {
      Place place = places.get(row);
      if (place == null) {
        return CompletableFuture.completedFuture(Optional.empty());
      }
      known.add(place);
    }
    return CompletableFuture.supplyAsync(() -> readAll(known), readers);
  }

  private Optional<List<ByteString>> readAll(List<Place> known) {
    try {
      List<ByteString> found = new ArrayList<>(known.size());
      for (Place place : known) {
        Optional<ByteString> bulk = file.read(place.address(), place.size());
        if (bulk.isEmpty()) {
          return Optional.empty();
        }
        found.add(bulk.get());
      }
      return Optional.of(found);
    } catch (IOException e) {
      giveUp(e);
      return Optional.empty();
    }
  }

  private void giveUp(IOException reason) {
    if (!closed.get()) {
      LOG.warn("Recent rows can no longer be kept in a file, readers go to the store", reason);
      close();
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      places.clear();
      try {
        file.close();
      } catch (IOException e) {
        LOG.debug("The file of recent rows was not closed", e);
      }
    }
  }

  /** They end by themselves when there is nothing to do. */
  private static ExecutorService threads(String name, int most) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
