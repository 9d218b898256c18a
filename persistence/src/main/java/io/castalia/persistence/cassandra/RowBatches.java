package io.castalia.persistence.cassandra;

import io.castalia.persistence.StoreUnavailableException;
import io.castalia.persistence.cassandra.WaitingRows.Waiting;
import io.castalia.persistence.store.Buckets;
import io.castalia.persistence.store.StoredEntry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows; those of one partition of a table, which are of many logs, together when they wait
 * together. To Cassandra they are one mutation, and that costs little more than one row does.
 *
 * <p>So many requests are under way at a time, and the other rows wait here. What Cassandra cannot
 * take up at once waits in its queues, with reads behind it, and is dropped after two seconds. With
 * a slow disk that would be most of it, and so again and again, since it is repeated. Here it waits
 * for as long as it takes, and holds up nobody else. Thread-safe.
 */
final class RowBatches {
  private final int most;
  private final long longestWaitNanos;
  private final LongSupplier nanoTime;
  private final Function<List<StoredEntry>, CompletionStage<Done>> write;
  private final Map<Object, WaitingRows> partitions = new HashMap<>();
  private final Queue<WaitingRows> ready = new ArrayDeque<>();
  private final AtomicInteger callsToServe = new AtomicInteger();
  private int underWay;
  private long begun;

  /**
   * Nothing is under way.
   *
   * @param most requests under way at a time
   * @param longestWait after this nobody wants a row to be written any more: it fails as
   *     unavailable
   * @param nanoTime a clock
   * @param write writes rows of one partition in one request
   */
  RowBatches(
      int most,
      Duration longestWait,
      LongSupplier nanoTime,
      Function<List<StoredEntry>, CompletionStage<Done>> write) {
    this.most = most;
    this.longestWaitNanos = longestWait.toNanos();
    this.nanoTime = nanoTime;
    this.write = write;
  }

  private record Request(WaitingRows from, List<Waiting> rows) {}

  /** Writes a row when it is its turn. */
  CompletionStage<Done> write(StoredEntry row) {
    Waiting waiting = new Waiting(row, nanoTime.getAsLong(), new CompletableFuture<>());
    synchronized (this) {
      WaitingRows partition = partitions.computeIfAbsent(partitionOf(row), WaitingRows::new);
      boolean wasReady = partition.mayBegin();
      partition.add(waiting);
      offer(partition, wasReady);
    }
    serve();
    return waiting.result();
  }

  private static Object partitionOf(StoredEntry row) {
    long bucket = Buckets.of(row.segment());
    return bucket == Buckets.NONE ? List.of(row.log(), row.segment()) : bucket;
  }

  /** A partition is ready while it may begin a request. */
  private void offer(WaitingRows partition, boolean wasReady) {
    if (!wasReady && partition.mayBegin()) {
      ready.add(partition);
    }
  }

  /** One thread serves at a time, and in a loop: requests may end as soon as they have begun. */
  private void serve() {
    if (callsToServe.getAndIncrement() == 0) {
      int served = 1;
      do {
        for (Request next = next(); next != null; next = next()) {
          begin(next);
        }
        served = callsToServe.addAndGet(-served);
      } while (served != 0);
    }
  }

  private synchronized @Nullable Request next() {
    if (underWay == most || ready.isEmpty()) {
      return null;
    }
    WaitingRows partition = ready.remove();
    Request request = new Request(partition, partition.begin());
    underWay++;
    begun++;
    offer(partition, false);
    return request;
  }

  /** Shows what is under way and what waits. */
  void watch(MeterRegistry registry) {
    Gauge.builder("castalia.store.writes.in.flight", this::underWay)
        .description("Requests to Cassandra that write rows and are not answered yet")
        .register(registry);
    Gauge.builder("castalia.store.rows.waiting", this::waiting)
        .description("Rows that wait until a request can take them")
        .register(registry);
    FunctionCounter.builder("castalia.store.writes", this, RowBatches::begun)
        .description("Requests to Cassandra that write rows, of one log or of many")
        .register(registry);
  }

  private synchronized int underWay() {
    return underWay;
  }

  private synchronized int waiting() {
    return partitions.values().stream().mapToInt(WaitingRows::size).sum();
  }

  private synchronized long begun() {
    return begun;
  }

  private void begin(Request request) {
    long now = nanoTime.getAsLong();
    List<Waiting> wanted = new ArrayList<>();
    for (Waiting each : request.rows()) {
      if (now - each.since() > longestWaitNanos) {
        each.result()
            .completeExceptionally(
                new StoreUnavailableException("too many rows wait to be written"));
      } else {
        wanted.add(each);
      }
    }
    if (wanted.isEmpty()) {
      ended(request.from());
      return;
    }
    var unused =
        begun(wanted)
            .whenComplete(
                (done, failure) -> {
                  ended(request.from());
                  settle(wanted, failure);
                });
  }

  /** What is wrong with one row must not be the fault of the others: they are tried one by one. */
  private void settle(List<Waiting> rows, @Nullable Throwable failure) {
    if (failure == null) {
      rows.forEach(each -> each.result().complete(Done.getInstance()));
    } else if (rows.size() == 1 || isUnavailable(failure)) {
      rows.forEach(each -> each.result().completeExceptionally(failure));
    } else {
      for (Waiting each : rows) {
        var unused = begun(List.of(each)).whenComplete((done, why) -> settle(List.of(each), why));
      }
    }
  }

  private CompletionStage<Done> begun(List<Waiting> rows) {
    try {
      return write.apply(rows.stream().map(Waiting::row).toList());
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static boolean isUnavailable(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof StoreUnavailableException;
  }

  private void ended(WaitingRows partition) {
    synchronized (this) {
      underWay--;
      boolean wasReady = partition.mayBegin();
      partition.ended();
      offer(partition, wasReady);
      if (partition.isIdle()) {
        partitions.remove(partition.partition());
      }
    }
    serve();
  }
}
