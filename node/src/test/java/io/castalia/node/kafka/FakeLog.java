package io.castalia.node.kafka;

import io.castalia.actors.partition.AppendResult;
import io.castalia.actors.partition.FetchQuery;
import io.castalia.actors.partition.FetchResult;
import io.castalia.actors.partition.OffsetResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/** One partition's log in memory: dense offsets, idempotent producers, whole batches. */
public final class FakeLog {
  public static final int EPOCH = 3;

  private final List<Batch> batches = new ArrayList<>();
  private final Map<Long, Batch> lastOfProducer = new HashMap<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private long start;
  private long end;

  private record Batch(
      long base,
      long last,
      long maxTimestamp,
      long pid,
      int firstSequence,
      int lastSequence,
      ByteString bytes) {}

  private record Waiter(long offset, int bytes, CompletableFuture<Done> woken) {}

  public synchronized AppendResult append(ByteString records) {
    long first = end;
    ByteBuffer copy = ByteBuffer.wrap(records.toArray());
    for (MutableRecordBatch batch : MemoryRecords.readableRecords(copy).batches()) {
      batch.ensureValid();
      Batch previous = lastOfProducer.get(batch.producerId());
      if (batch.hasProducerId() && previous != null) {
        if (batch.baseSequence() == previous.firstSequence) {
          return appended(previous.base);
        }
        if (batch.baseSequence() != previous.lastSequence + 1) {
          return AppendResult.refused(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER, "a gap");
        }
      }
      add(batch);
    }
    wake();
    return appended(first);
  }

  private void add(MutableRecordBatch batch) {
    int count = batch.countOrNull();
    batch.setLastOffset(end + count - 1);
    batch.setPartitionLeaderEpoch(EPOCH);
    ByteBuffer bytes = ByteBuffer.allocate(batch.sizeInBytes());
    batch.writeTo(bytes);
    Batch kept =
        new Batch(
            end,
            end + count - 1,
            batch.maxTimestamp(),
            batch.producerId(),
            batch.baseSequence(),
            batch.lastSequence(),
            ByteString.fromArrayUnsafe(bytes.array()));
    batches.add(kept);
    end += count;
    if (batch.producerId() != RecordBatch.NO_PRODUCER_ID) {
      lastOfProducer.put(batch.producerId(), kept);
    }
  }

  private AppendResult appended(long base) {
    return new AppendResult(Errors.NONE, "", base, -1, start, EPOCH, List.of());
  }

  synchronized FetchResult fetch(FetchQuery query) {
    if (query.expectedLeaderEpoch() > EPOCH) {
      return FetchResult.refused(Errors.UNKNOWN_LEADER_EPOCH);
    }
    if (query.offset() < start || query.offset() > end) {
      return new FetchResult(Errors.OFFSET_OUT_OF_RANGE, end, end, start, EPOCH, List.of());
    }
    List<ByteString> found = new ArrayList<>();
    int size = 0;
    for (Batch batch : batches) {
      boolean fits = found.isEmpty() || size + batch.bytes.length() <= query.maxBytes();
      if (batch.last >= query.offset() && fits) {
        found.add(batch.bytes);
        size += batch.bytes.length();
      } else if (!fits) {
        break;
      }
    }
    return new FetchResult(Errors.NONE, end, end, start, EPOCH, found);
  }

  synchronized CompletionStage<Done> await(long highWatermark, int bytes, Duration maxWait) {
    CompletableFuture<Done> woken = new CompletableFuture<>();
    if (bytesFrom(highWatermark) >= bytes) {
      woken.complete(Done.getInstance());
    } else {
      waiters.add(new Waiter(highWatermark, bytes, woken));
    }
    return woken.completeOnTimeout(Done.getInstance(), maxWait.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void wake() {
    List<Waiter> ready =
        waiters.stream().filter(waiter -> bytesFrom(waiter.offset) >= waiter.bytes).toList();
    waiters.removeAll(ready);
    ready.forEach(waiter -> waiter.woken.complete(Done.getInstance()));
  }

  private long bytesFrom(long offset) {
    return batches.stream()
        .filter(batch -> batch.base >= offset)
        .mapToLong(batch -> batch.bytes.length())
        .sum();
  }

  /** Finds by the latest timestamp of whole batches, which is enough for one-record batches. */
  synchronized OffsetResult find(long timestamp) {
    if (timestamp == -1) {
      return new OffsetResult(Errors.NONE, end, -1, EPOCH);
    }
    if (timestamp == -2) {
      return new OffsetResult(Errors.NONE, start, -1, EPOCH);
    }
    return batches.stream()
        .filter(batch -> batch.maxTimestamp >= timestamp && batch.last >= start)
        .findFirst()
        .map(batch -> new OffsetResult(Errors.NONE, batch.base, batch.maxTimestamp, EPOCH))
        .orElse(new OffsetResult(Errors.NONE, -1, -1, -1));
  }

  /** The log has had one epoch only. */
  synchronized OffsetResult endOf(int epoch, int expected) {
    if (expected > EPOCH) {
      return OffsetResult.refused(Errors.UNKNOWN_LEADER_EPOCH);
    }
    return epoch < EPOCH
        ? new OffsetResult(Errors.NONE, -1, -1, -1)
        : new OffsetResult(Errors.NONE, end, -1, EPOCH);
  }

  synchronized OffsetResult deleteBefore(long offset) {
    long wanted = offset == -1 ? end : offset;
    if (wanted > end) {
      return OffsetResult.refused(Errors.OFFSET_OUT_OF_RANGE);
    }
    start = Math.max(start, wanted);
    return new OffsetResult(Errors.NONE, start, -1, EPOCH);
  }

  public synchronized long start() {
    return start;
  }

  public synchronized long end() {
    return end;
  }
}
