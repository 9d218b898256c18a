package io.castalia.actors.group.assignor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeAssignorTest {
  private final AssignorGroup group = new AssignorGroup("range");

  @ParameterizedTest
  @CsvSource({"1,1,0,0", "2,1,1,0", "3,1,1,1", "4,2,1,1", "5,2,2,1", "6,2,2,2", "0,0,0,0"})
  void shouldDivideATopicInRanges(int partitions, int first, int second, int third) {
    group.topic(1, partitions).member("a", 1).member("b", 1).member("c", 1).assign();

    assertThat(group.size("a")).isEqualTo(first);
    assertThat(group.size("b")).isEqualTo(second);
    assertThat(group.size("c")).isEqualTo(third);
  }

  @Test
  void shouldGiveTheSamePartitionsOfTopicsWithAsMany() {
    group.topic(1, 5).topic(2, 5).member("a", 1, 2).member("b", 1, 2).assign();

    assertThat(group.of("a", 1)).containsExactly(0, 1, 2).isEqualTo(group.of("a", 2));
    assertThat(group.of("b", 1)).containsExactly(3, 4).isEqualTo(group.of("b", 2));
  }

  @Test
  void shouldDivideEachTopicAmongThoseWhoWantIt() {
    group.topic(1, 5).topic(2, 2).member("m1", 1).member("m2", 1, 2).member("m3", 2).assign();

    assertThat(group.of("m1", 1)).containsExactly(0, 1, 2);
    assertThat(group.of("m2", 1)).containsExactly(3, 4);
    assertThat(group.of("m2", 2)).containsExactly(0);
    assertThat(group.of("m3", 2)).containsExactly(1);
  }

  @Test
  void shouldFollowTheOrderOfInstancesWhateverTheIdsOfMembers() {
    group.topic(1, 3).member("a", 1).member("b", 1).member("z", 1);
    group.instance("z", "1").instance("a", "2").assign();

    assertThat(group.of("z", 1)).containsExactly(0);
    assertThat(group.of("a", 1)).containsExactly(1);
    assertThat(group.of("b", 1)).containsExactly(2);
  }

  @Test
  void shouldDivideAnewWhenAMemberComes() {
    group.topic(1, 6).member("b", 1).member("c", 1).assign();
    group.member("a", 1).assign();

    assertThat(group.of("a", 1)).containsExactly(0, 1);
    assertThat(group.of("b", 1)).containsExactly(2, 3);
    assertThat(group.of("c", 1)).containsExactly(4, 5);
  }

  @Test
  void shouldGiveNothingToWhoWantsNothing() {
    group.topic(1, 2).member("a").member("b", 1).member("c", 9).assign();

    assertThat(group.size("b")).isEqualTo(2);
  }
}
