package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.Await;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Those who wait for records. Counts bytes over the last commits, so that one who has not seen some
 * of them yet is answered by what lies beyond its own view. Who has waited too long is forgotten
 * without an answer: the other side keeps the time.
 */
final class Waiters {
  /** How many commits back a waiter's view may lie; one further back is answered at once. */
  private static final int REMEMBERED_COMMITS = 64;

  private final Map<String, Waiting> byName = new HashMap<>();
  private final ArrayDeque<Commit> commits = new ArrayDeque<>();
  private long total;

  private record Waiting(long total, long deadline, ActorRef<RecordsArrived> replyTo) {}

  private record Commit(long firstOffset, long highWatermark, long totalBefore) {}

  /**
   * @param highWatermark the current one
   * @param now milliseconds since the epoch
   */
  void add(Await await, long highWatermark, long now) {
    Waiting wanted =
        new Waiting(
            totalAt(await.highWatermark(), highWatermark) + await.bytes(),
            now + await.maxWait().toMillis(),
            await.replyTo());
    Waiting replaced = byName.remove(await.waiter());
    if (replaced != null) {
      replaced.replyTo().tell(RecordsArrived.INSTANCE);
    }
    if (await.bytes() <= 0 || wanted.total() <= total) {
      await.replyTo().tell(RecordsArrived.INSTANCE);
    } else {
      byName.put(await.waiter(), wanted);
    }
  }

  /** Bytes were appended and acknowledged. */
  void committed(long firstOffset, long highWatermark, int bytes) {
    commits.add(new Commit(firstOffset, highWatermark, total));
    if (commits.size() > REMEMBERED_COMMITS) {
      commits.remove();
    }
    total += bytes;
    byName.values().removeIf(this::answered);
  }

  private boolean answered(Waiting waiting) {
    if (waiting.total() > total) {
      return false;
    }
    waiting.replyTo().tell(RecordsArrived.INSTANCE);
    return true;
  }

  boolean isEmpty(long now) {
    byName.values().removeIf(waiting -> waiting.deadline() < now);
    return byName.isEmpty();
  }

  void wakeAll() {
    byName.values().forEach(waiting -> waiting.replyTo().tell(RecordsArrived.INSTANCE));
    byName.clear();
  }

  /** Bytes counted when the log ended at {@code seen}; far in the past if that is forgotten. */
  private long totalAt(long seen, long highWatermark) {
    if (seen >= highWatermark) {
      return total;
    }
    for (Commit commit : commits) {
      if (commit.firstOffset() <= seen && seen < commit.highWatermark()) {
        return commit.totalBefore();
      }
    }
    return Integer.MIN_VALUE;
  }
}
