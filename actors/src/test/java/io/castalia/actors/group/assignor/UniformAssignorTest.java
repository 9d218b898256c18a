package io.castalia.actors.group.assignor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UniformAssignorTest {
  private final AssignorGroup group = new AssignorGroup("uniform");

  @ParameterizedTest
  @CsvSource({"1,1", "2,7", "3,7", "7,3", "10,100", "4,0"})
  void shouldGiveEachAsManyAsAnyOther(int members, int partitions) {
    group.topic(1, partitions);
    for (int i = 0; i < members; i++) {
      group.member("m" + i, 1);
    }
    group.assign();

    for (int i = 0; i < members; i++) {
      assertThat(group.size("m" + i))
          .isBetween(partitions / members, -Math.floorDiv(-partitions, members));
    }
  }

  @Test
  void shouldSpreadEveryTopic() {
    group.topic(1, 4).topic(2, 4).member("a", 1, 2).member("b", 1, 2).assign();

    assertThat(group.of("a", 1)).hasSize(2);
    assertThat(group.of("a", 2)).hasSize(2);
  }

  @Test
  void shouldTakeFromMembersOnlyWhatANewOneNeeds() {
    group.topic(1, 12).member("a", 1).member("b", 1).member("c", 1);
    Map<String, Map<Uuid, Set<Integer>>> before = group.assign();

    group.member("d", 1).assign();

    assertThat(group.size("d")).isEqualTo(3);
    assertThat(group.movedSince(before)).isEqualTo(3);
  }

  @Test
  void shouldTakeNothingFromThoseWhoStayWhenOneLeaves() {
    group.topic(1, 12).member("a", 1).member("b", 1).member("c", 1);
    Map<String, Map<Uuid, Set<Integer>>> before = group.assign();

    group.without("b").assign();

    assertThat(group.size("a")).isEqualTo(6);
    assertThat(group.movedSince(before)).isZero();
  }

  @Test
  void shouldChangeNothingWithoutNeed() {
    group.topic(1, 7).topic(2, 3).member("a", 1, 2).member("b", 1).member("c", 2);
    Map<String, Map<Uuid, Set<Integer>>> before = group.assign();

    assertThat(group.assign()).isEqualTo(before);
  }

  @Test
  void shouldFollowTopicsThatGrowAndGo() {
    group.topic(1, 4).topic(2, 4).member("a", 1, 2).member("b", 1, 2).assign();

    group.topic(1, 7).withoutTopic(2).assign();

    assertThat(group.size("a") + group.size("b")).isEqualTo(7);
    assertThat(Math.abs(group.size("a") - group.size("b"))).isEqualTo(1);
  }

  @Test
  void shouldBalanceMembersThatWantDifferentTopics() {
    group.topic(1, 6).topic(2, 2).member("a", 1).member("b", 1, 2).member("c", 2).assign();

    assertThat(group.size("a")).isEqualTo(3);
    assertThat(group.size("b")).isEqualTo(3);
    assertThat(group.size("c")).isEqualTo(2);
  }

  @Test
  void shouldBalanceByWayOfAMemberInBetween() {
    group.topic(1, 3).topic(2, 3).member("a", 1).member("b", 1, 2).assign();
    group.member("c", 2).assign();

    assertThat(group.size("a")).isEqualTo(2);
    assertThat(group.size("b")).isEqualTo(2);
    assertThat(group.size("c")).isEqualTo(2);
  }

  @Test
  void shouldGiveAPartitionThatTwoHadToOne() {
    group.topic(1, 1).member("a", 1).assign();
    group.without("a").member("b", 1).assign();
    group.member("a", 1).assign();

    assertThat(group.size("b")).isEqualTo(1);
    assertThat(group.size("a")).isZero();
  }

  /** Against all assignments that there are, for groups small enough to try them all. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldBeAsEvenAsCanBe(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      change(random);
      group.assign();
      List<String> members = List.copyOf(group.wanted().keySet());
      int[] sizes = members.stream().mapToInt(group::size).toArray();
      assertThat(squares(sizes)).as("seed %d, round %d", seed, round).isEqualTo(leastSquares());
    }
  }

  private void change(Random random) {
    String member = "m" + random.nextInt(4);
    if (random.nextInt(4) == 0 && group.wanted().size() > 1) {
      group.without(member);
    } else {
      Set<Uuid> topics = new HashSet<>();
      for (int topic = 1; topic <= 3; topic++) {
        if (random.nextBoolean()) {
          topics.add(AssignorGroup.topic(topic));
        }
      }
      group.member(member, topics);
    }
    partitions[random.nextInt(3)] = random.nextInt(4);
    for (int topic = 1; topic <= 3; topic++) {
      group.topic(topic, partitions[topic - 1]);
    }
  }

  private final int[] partitions = {3, 2, 1};

  private int leastSquares() {
    List<String> members = List.copyOf(group.wanted().keySet());
    List<List<Integer>> choices = new ArrayList<>();
    for (int topic = 1; topic <= 3; topic++) {
      List<Integer> readers = new ArrayList<>();
      for (int i = 0; i < members.size(); i++) {
        if (group
            .wanted()
            .getOrDefault(members.get(i), Set.of())
            .contains(AssignorGroup.topic(topic))) {
          readers.add(i);
        }
      }
      for (int i = 0; i < partitions[topic - 1] && !readers.isEmpty(); i++) {
        choices.add(readers);
      }
    }
    return leastSquares(choices, 0, new int[members.size()]);
  }

  private static int leastSquares(List<List<Integer>> choices, int next, int[] sizes) {
    if (next == choices.size()) {
      return squares(sizes);
    }
    int least = Integer.MAX_VALUE;
    for (Integer reader : choices.get(next)) {
      sizes[reader]++;
      least = Math.min(least, leastSquares(choices, next + 1, sizes));
      sizes[reader]--;
    }
    return least;
  }

  private static int squares(int[] sizes) {
    int sum = 0;
    for (int size : sizes) {
      sum += size * size;
    }
    return sum;
  }

  @Test
  void shouldTakeFromALargeGroupOnlyWhatANewMemberNeeds() {
    for (int topic = 1; topic <= 20; topic++) {
      group.topic(topic, 500);
    }
    int[] all = IntStream.rangeClosed(1, 20).toArray();
    for (int i = 0; i < 1000; i++) {
      group.member("m" + i, all);
    }
    Map<String, Map<Uuid, Set<Integer>>> before = group.assign();

    group.member("new", all).assign();

    assertThat(group.size("new")).isEqualTo(9);
    assertThat(group.movedSince(before)).isEqualTo(9);
  }
}
