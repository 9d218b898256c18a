package io.castalia.actors.shard;

import io.castalia.actors.shard.LoadSpread.Exchange;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evens out the load of nodes by an exchange of two shards now and then. A shard that has been
 * exchanged is left alone for a while, whatever becomes of its load. Thread-safe; times are by
 * {@link System#nanoTime}.
 *
 * @param <N> what nodes are known by
 */
final class LoadExchanges<N> {
  /** Between two exchanges, so that the first one shows before the second one is chosen. */
  static final Duration INTERVAL = Duration.ofSeconds(2);

  /** How long a shard stays where it was put. */
  static final Duration REST = Duration.ofMinutes(1);

  /** How much the loads of nodes differ, as a part of the average, when it is begun. */
  static final double BEGIN = 0.25;

  /** How much they differ when it is enough, so that it is not begun again for a trifle. */
  static final double ENOUGH = 0.1;

  /** Shards that have not stopped by then are not moved. */
  private static final Duration LONGEST_MOVE = Duration.ofSeconds(20);

  private final ToldLoads loads;
  private final Map<String, Put<N>> put = new HashMap<>();
  private long next;
  private boolean begun;

  /** Where a shard is to go, which is nowhere once it is there; and when that was decided. */
  private record Put<N>(Optional<N> to, long at) {
    private Put<N> arrived() {
      return new Put<>(Optional.empty(), at);
    }
  }

  LoadExchanges(ToldLoads loads, long now) {
    this.loads = loads;
    this.next = now + INTERVAL.toNanos();
  }

  /**
   * Shards to be moved now, each to its {@link #takeDestination}; none if there is nothing to gain.
   */
  synchronized List<String> next(Map<N, ? extends Collection<String>> shards, long now) {
    if (now - next < 0) {
      return List.of();
    }
    next = now + INTERVAL.toNanos();
    put.values().removeIf(last -> now - last.at() > REST.toNanos());
    Optional<Exchange<N>> exchange =
        new LoadSpread<>(shards, loads.byShard(now))
            .exchange(begun ? ENOUGH : BEGIN, shard -> !put.containsKey(shard));
    begun = exchange.isPresent();
    return exchange.map(found -> begin(found, now)).orElseGet(List::of);
  }

  private List<String> begin(Exchange<N> exchange, long now) {
    put.put(exchange.busyShard(), new Put<>(Optional.of(exchange.idle()), now));
    put.put(exchange.idleShard(), new Put<>(Optional.of(exchange.busy()), now));
    return List.of(exchange.busyShard(), exchange.idleShard());
  }

  /**
   * Where a shard that has just stopped was to go. It is told once: when the shard moves again, it
   * is for another reason.
   */
  synchronized Optional<N> takeDestination(String shard, long now) {
    Put<N> last = put.get(shard);
    if (last == null || now - last.at() > LONGEST_MOVE.toNanos()) {
      return Optional.empty();
    }
    put.put(shard, last.arrived());
    return last.to();
  }

  /** Of shards that even out the numbers, those to move first, so that the load gets even, too. */
  List<String> first(
      Collection<String> candidates,
      Map<N, ? extends Collection<String>> shards,
      int most,
      long now) {
    return new LoadSpread<>(shards, loads.byShard(now)).first(candidates, most);
  }
}
