package io.castalia.bench.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.churn.Change.Kind;
import io.castalia.bench.churn.ChurnPlan.Situation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ChurnPlanTest {

  private static final int CHOICES = 1_000;

  @Test
  void shouldDoEverythingThatCanBeDone() {
    assertThat(choices(new ChurnPlan(1, 10, 5), new Situation(5, 5, 1, 1)))
        .containsExactlyInAnyOrder(Kind.values());
  }

  @Test
  void shouldOnlyLetMembersJoinSmallGroup() {
    assertThat(choices(new ChurnPlan(1, 10, 0), new Situation(4, 4, 0, 0)))
        .containsExactly(Kind.JOIN);
  }

  @Test
  void shouldLetNobodyJoinLargeGroup() {
    assertThat(choices(new ChurnPlan(1, 10, 0), new Situation(12, 0, 0, 0)))
        .containsExactlyInAnyOrder(Kind.LEAVE, Kind.LEAVE_SILENTLY);
  }

  @Test
  void shouldNotFreezeAllThatCanBeFrozen() {
    assertThat(choices(new ChurnPlan(1, 10, 0), new Situation(5, 5, 2, 0)))
        .contains(Kind.KILL)
        .doesNotContain(Kind.FREEZE, Kind.THAW, Kind.BROKER_KILL);
  }

  @Test
  void shouldRepeatItselfForTheSameSeed() {
    assertThat(sequence(new ChurnPlan(7, 10, 5))).isEqualTo(sequence(new ChurnPlan(7, 10, 5)));
    assertThat(sequence(new ChurnPlan(7, 10, 5))).isNotEqualTo(sequence(new ChurnPlan(8, 10, 5)));
  }

  private static Set<Kind> choices(ChurnPlan plan, Situation situation) {
    return IntStream.range(0, CHOICES)
        .mapToObj(choice -> plan.next(situation))
        .collect(Collectors.toSet());
  }

  private static List<Kind> sequence(ChurnPlan plan) {
    return IntStream.range(0, CHOICES)
        .mapToObj(choice -> plan.next(new Situation(5, 5, 1, 1)))
        .toList();
  }
}
