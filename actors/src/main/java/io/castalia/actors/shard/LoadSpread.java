package io.castalia.actors.shard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which shards of a busy node to exchange for those of an idle one. Both keep as many as they had,
 * so that the load is evened out without unevening the numbers. Pure.
 *
 * @param <N> what nodes are known by
 * @param shards what each node has
 * @param load of shards, per second; those that are not in it have none
 */
record LoadSpread<N>(Map<N, ? extends Collection<String>> shards, Map<String, Double> load) {
  /** What an exchange must take from the busier node, as a part of the average. */
  static final double GAIN = 0.05;

  /** Nodes whose loads differ by less are left alone, however idle the others: bytes a second. */
  static final double WORTH_A_MOVE = 64 * 1024;

  /** Of two shards, each goes to where the other is. */
  record Exchange<N>(N busy, String busyShard, N idle, String idleShard) {}

  /** A node with its load. */
  private record Loaded<N>(N node, double load) {}

  private double of(String shard) {
    return load.getOrDefault(shard, 0.0);
  }

  private double sum(Collection<String> some) {
    return some.stream().mapToDouble(this::of).sum();
  }

  private double average() {
    return shards.values().stream().mapToDouble(this::sum).sum() / shards.size();
  }

  /**
   * The exchange that takes most from the busiest node that can be helped, if it is worth it.
   *
   * @param tolerance nodes whose loads differ by less, as a part of the average, are left alone
   * @param mayMove whether a shard may be moved
   */
  Optional<Exchange<N>> exchange(double tolerance, Predicate<String> mayMove) {
    List<Loaded<N>> nodes = new ArrayList<>();
    shards.forEach((node, its) -> nodes.add(new Loaded<>(node, sum(its))));
    nodes.sort(Comparator.comparingDouble(Loaded<N>::load).reversed());
    if (nodes.size() < 2) {
      return Optional.empty();
    }
    Loaded<N> idle = nodes.get(nodes.size() - 1);
    double worth = Math.max(WORTH_A_MOVE, tolerance * average());
    return nodes.stream()
        .takeWhile(busy -> busy.load() - idle.load() > worth)
        .flatMap(busy -> best(busy, idle, mayMove).stream())
        .findFirst();
  }

  private Optional<Exchange<N>> best(Loaded<N> busy, Loaded<N> idle, Predicate<String> mayMove) {
    double difference = busy.load() - idle.load();
    List<String> from = movable(busy.node(), mayMove);
    List<String> to = movable(idle.node(), mayMove);
    Optional<Exchange<N>> best = Optional.empty();
    double bestGain = GAIN * average();
    for (String busyShard : from) {
      for (String idleShard : to) {
        double moved = of(busyShard) - of(idleShard);
        double gain = Math.min(moved, difference - moved);
        if (gain > bestGain) {
          bestGain = gain;
          best = Optional.of(new Exchange<>(busy.node(), busyShard, idle.node(), idleShard));
        }
      }
    }
    return best;
  }

  private List<String> movable(N node, Predicate<String> mayMove) {
    Collection<String> its = shards.get(node);
    return its == null ? List.of() : its.stream().filter(mayMove).sorted().toList();
  }

  /**
   * Of shards that are to go to the node with the fewest, those to begin with: the busiest that
   * leave it below the average, and when there are none the idlest.
   *
   * @param most how many
   */
  List<String> first(Collection<String> candidates, int most) {
    double room =
        shards.values().stream()
            .min(Comparator.comparingInt(Collection::size))
            .map(fewest -> average() - sum(fewest))
            .orElse(0.0);
    List<String> idlestFirst = new ArrayList<>(candidates);
    idlestFirst.sort(
        Comparator.<String>comparingDouble(this::of).thenComparing(Comparator.naturalOrder()));
    List<String> chosen = new ArrayList<>();
    while (chosen.size() < most && !idlestFirst.isEmpty()) {
      int next = lastWithin(idlestFirst, room);
      String shard = idlestFirst.remove(next);
      room -= of(shard);
      chosen.add(shard);
    }
    return chosen;
  }

  private int lastWithin(List<String> idlestFirst, double room) {
    int next = idlestFirst.size() - 1;
    while (next > 0 && of(idlestFirst.get(next)) > room) {
      next--;
    }
    return next;
  }
}
