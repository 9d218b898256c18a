package io.castalia.actors.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.UniqueAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadExchangesTest {
  private static final Duration HALF_LIFE = Duration.ofSeconds(20);
  private static final UniqueAddress TELLER = teller(1);
  private static final double MB = 1024 * 1024;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final ToldLoads loads = new ToldLoads(HALF_LIFE);
  private final LoadExchanges<String> exchanges = new LoadExchanges<>(loads, 0);
  private final Map<String, List<String>> shards = new HashMap<>();
  private int moves;

  private static UniqueAddress teller(long uid) {
    return new UniqueAddress(new Address("pekko", "castalia", "127.0.0.1", 7001), uid);
  }

  private List<String> next(long second) {
    return exchanges.next(shards, second * SECOND);
  }

  /** Has what was chosen moved, as the coordinator does. */
  private void move(long second) {
    for (String shard : next(second)) {
      String to = exchanges.takeDestination(shard, second * SECOND).orElseThrow();
      shards.values().forEach(its -> its.remove(shard));
      shards.computeIfAbsent(to, unused -> new ArrayList<>()).add(shard);
      moves++;
    }
  }

  private double loadOf(String node, Map<String, Double> of) {
    return shards.getOrDefault(node, List.of()).stream()
        .mapToDouble(shard -> of.getOrDefault(shard, 0.0))
        .sum();
  }

  @Test
  void shouldExchangeAShardAtMostOnceInAWhile() {
    shards.put("a", List.of("a1", "a2"));
    shards.put("b", List.of("b1", "b2"));
    loads.tell(TELLER, Map.of("a1", 4 * MB, "a2", 4 * MB), 0);
    assertThat(next(1)).isEmpty();

    List<String> first = next(2);
    assertThat(first).hasSize(2);
    assertThat(exchanges.takeDestination(first.get(0), 3 * SECOND)).contains("b");
    assertThat(exchanges.takeDestination(first.get(1), 3 * SECOND)).contains("a");

    // They did not move, for whatever reason.
    assertThat(next(3)).isEmpty();
    assertThat(next(4)).doesNotContainAnyElementsOf(first);
    loads.tell(TELLER, Map.of("a1", 4 * MB, "a2", 4 * MB), 70 * SECOND);
    assertThat(next(70)).isEqualTo(first);
  }

  @Test
  void shouldSayOnlyOnceAndInTimeWhereAShardGoes() {
    shards.put("a", List.of("a1", "a2"));
    shards.put("b", List.of("b1", "b2"));
    loads.tell(TELLER, Map.of("a1", 4 * MB, "a2", 4 * MB), 0);
    List<String> pair = next(2);

    assertThat(exchanges.takeDestination(pair.get(0), 3 * SECOND)).contains("b");
    // Asked again, it moves to even out numbers, and must not be put back.
    assertThat(exchanges.takeDestination(pair.get(0), 4 * SECOND)).isEmpty();
    assertThat(exchanges.takeDestination(pair.get(1), 60 * SECOND)).isEmpty();
  }

  @Test
  void shouldAddUpWhatNodesTellAndForgetIt() {
    loads.tell(TELLER, Map.of("1", 8.0, "2", 4.0), 0);
    loads.tell(teller(2), Map.of("1", 2.0), HALF_LIFE.toNanos());

    assertThat(loads.byShard(HALF_LIFE.toNanos())).isEqualTo(Map.of("1", 6.0, "2", 2.0));
    assertThat(loads.byShard(12 * HALF_LIFE.toNanos())).isEmpty();
  }

  @Test
  void shouldEvenOutLoadInAFewMoves() {
    // All the load of 12 partitions is on one of three nodes.
    Map<String, Double> all = new HashMap<>();
    for (String node : List.of("a", "b", "c")) {
      List<String> its = new ArrayList<>();
      for (int number = 0; number < 80; number++) {
        its.add(node + number);
      }
      shards.put(node, its);
    }
    for (int number = 0; number < 12; number++) {
      all.put("a" + number, MB);
    }

    for (int second = 0; second < 60; second++) {
      loads.tell(TELLER, all, second * SECOND);
      move(second);
    }

    assertThat(List.of(loadOf("a", all), loadOf("b", all), loadOf("c", all))).containsOnly(4 * MB);
    assertThat(shards.values()).allSatisfy(its -> assertThat(its).hasSize(80));
    assertThat(moves).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldComeToRestThoughLoadIsNeverTheSame(long seed) {
    Random random = new Random(seed);
    LoadMeter meter = new LoadMeter(HALF_LIFE, 0);
    Map<String, Integer> rates = new HashMap<>();
    for (String node : List.of("a", "b", "c", "d")) {
      List<String> its = new ArrayList<>();
      for (int number = 0; number < 64; number++) {
        its.add(node + number);
        // A few are far busier than most.
        rates.put(node + number, (int) (200_000 / Math.pow(1 + random.nextInt(40), 2)));
      }
      shards.put(node, its);
    }

    for (int second = 1; second <= 600; second++) {
      for (Map.Entry<String, Integer> each : rates.entrySet()) {
        // From nothing in a second to twice as much, and often for several seconds in a row.
        boolean bursts = (second / 4 + each.getKey().hashCode()) % 3 != 0;
        meter.count(each.getKey(), bursts ? random.nextInt(1 + 2 * each.getValue()) : 0);
      }
      loads.tell(TELLER, meter.sample(second * SECOND), second * SECOND);
      if (second == 300) {
        moves = 0;
      }
      move(second);
    }

    // In five minutes, after the first five, in which all was put where it is well.
    assertThat(moves).isLessThanOrEqualTo(4);
    Map<String, Double> measured = loads.byShard(600 * SECOND);
    double all = shards.keySet().stream().mapToDouble(node -> loadOf(node, measured)).sum();
    assertThat(shards.keySet())
        .allSatisfy(node -> assertThat(loadOf(node, measured)).isBetween(0.2 * all, 0.3 * all));
  }
}
