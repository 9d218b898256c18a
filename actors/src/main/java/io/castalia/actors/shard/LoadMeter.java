package io.castalia.actors.shard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a node asks of each shard, as an average that forgets: a request weighs as much as so many
 * bytes. Counting is thread-safe and costs next to nothing; averages belong to one thread at a
 * time.
 */
public final class LoadMeter {
  /** What a request costs beside the bytes that it moves, in bytes that would cost the same. */
  static final long REQUEST_WEIGHT = 4096;

  /** Averages below are those of nothing. */
  private static final double NOTHING = 1;

  private final double halfLifeNanos;
  private final ConcurrentMap<String, LongAdder> fresh = new ConcurrentHashMap<>();
  private final Map<String, Double> averages = new HashMap<>();
  private volatile double total;
  private long sampled;

  /**
   * A meter that has counted nothing.
   *
   * @param halfLife after this, what was counted weighs half
   * @param now by {@link System#nanoTime}
   */
  LoadMeter(Duration halfLife, long now) {
    this.halfLifeNanos = halfLife.toNanos();
    this.sampled = now;
  }

  /**
   * Counts a request.
   *
   * @param bytes of records that it brings or takes
   */
  public void count(String shard, long bytes) {
    LongAdder adder = fresh.get(shard);
    if (adder == null) {
      adder = fresh.computeIfAbsent(shard, unused -> new LongAdder());
    }
    adder.add(REQUEST_WEIGHT + bytes);
  }

  /** The sum of all averages as of the last sample, per second. */
  public double total() {
    return total;
  }

  /**
   * The averages of shards of which something was asked lately, per second.
   *
   * @param now by {@link System#nanoTime}
   */
  Map<String, Double> sample(long now) {
    double elapsed = Math.max(1, now - sampled);
    sampled = now;
    double kept = Math.pow(0.5, elapsed / halfLifeNanos);
    averages.replaceAll((shard, average) -> average * kept);
    fresh.forEach(
        (shard, adder) -> {
          double rate = adder.sumThenReset() * 1e9 / elapsed;
          averages.merge(shard, rate * (1 - kept), Double::sum);
        });
    averages.values().removeIf(average -> average < NOTHING);
    total = averages.values().stream().mapToDouble(Double::doubleValue).sum();
    return Map.copyOf(averages);
  }
}
