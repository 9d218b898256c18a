package io.castalia.actors.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.shard.LoadSpread.Exchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadSpreadTest {
  private static final double TOLERANCE = 0.2;

  private final Map<String, List<String>> shards = new HashMap<>();
  private final Map<String, Double> load = new HashMap<>();

  /** A node with shards of loads in MB/s. They are called by the node and their number: a1, a2. */
  private void node(String name, double... loads) {
    List<String> its = new ArrayList<>();
    for (double each : loads) {
      String shard = name + (its.size() + 1);
      its.add(shard);
      load.put(shard, each * 1024 * 1024);
    }
    shards.put(name, its);
  }

  private void nodes(String text) {
    for (String node : text.trim().split(" +", -1)) {
      String[] parts = node.split("[=,]", -1);
      node(
          parts[0],
          Arrays.stream(parts)
              .skip(1)
              .filter(each -> !each.isEmpty())
              .mapToDouble(Double::parseDouble)
              .toArray());
    }
  }

  private String exchanged() {
    return new LoadSpread<>(shards, load)
        .exchange(TOLERANCE, shard -> true)
        .map(exchange -> exchange.busyShard() + " " + exchange.idleShard())
        .orElse("nothing");
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "all the same                  | a=1,1,1 b=1,1,1 c=1,1,1     | nothing",
        "as even as it can be          | a=2,1,1 b=1,2,1 c=1,1,1     | nothing",
        "two busy ones together        | a=5,5,0 b=0,0,0 c=4,1,0     | a1 b1",
        "what makes both the same      | a=4,3,1 b=1,1,0 c=2,2,1     | a1 b1",
        "one that is all the load      | a=9,0,0 b=0,0,0 c=0,0,0     | nothing",
        "what is beside the one        | a=9,2,2 b=3,3,0 c=4,3,0     | a2 b3",
        "the next, if the first cannot | a=9,0,0 b=4,4,0 c=1,0,0     | b1 c1",
        "a difference within tolerance | a=6,5,0 b=5,5,0 c=5,5,0     | nothing",
        "hardly any load               | a=.03,.03 b=0,0             | nothing",
        "no load at all                | a=0,0 b=0,0                 | nothing",
        "one node                      | a=5,1                       | nothing",
      })
  void shouldExchangeWhatIsWorthIt(String what, String nodes, String expected) {
    nodes(nodes);

    assertThat(exchanged()).as(what).isEqualTo(expected);
  }

  @Test
  void shouldLeaveShardsAloneThatMustNotMove() {
    nodes("a=4,3,1 b=1,1,0");

    assertThat(new LoadSpread<>(shards, load).exchange(TOLERANCE, Set.of("a2", "b3")::contains))
        .contains(new Exchange<>("a", "a2", "b", "b3"));
    assertThat(new LoadSpread<>(shards, load).exchange(TOLERANCE, Set.of("b3")::contains))
        .isEmpty();
  }

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "the busiest that there is room for | a=6,1,2 b=6,2,1 c= | a1,a2,a3,b1 | b1,a2",
        "not beyond the average             | a=9,1,2 b=0,2,1 c= | a1,a2,a3    | a3,a2",
        "else the idlest                    | a=9,8 b=9,7 c=9    | a1,a2,b1,b2 | b2,a2",
        "without load any                   | a=0,0 b=0,0 c=     | a1,a2,b1    | b1,a2",
      })
  void shouldBeginWithWhatEvensOutLoadWhereNumbersAreUneven(
      String what, String nodes, String candidates, String expected) {
    nodes(nodes);

    assertThat(new LoadSpread<>(shards, load).first(List.of(candidates.split(",")), 2))
        .as(what)
        .containsExactly(expected.split(","));
  }
}
