package io.castalia.bench.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GroupPlanTest {

  @Test
  void shouldShareThePartitionsOutInRanges() {
    assertThat(plan(7).assign(List.of("a", "b", "c")))
        .isEqualTo(Map.of("a", List.of(0, 1), "b", List.of(2, 3), "c", List.of(4, 5, 6)));
  }

  @Test
  void shouldLeaveMembersWithoutPartitionsWhenThereAreFewer() {
    assertThat(plan(1).assign(List.of("a", "b")))
        .isEqualTo(Map.of("a", List.of(), "b", List.of(0)));
  }

  @Test
  void shouldReadAShape() {
    assertThat(GroupShape.parse("100x10")).isEqualTo(new GroupShape(100, 10));
    assertThat(new GroupShape(100, 10)).hasToString("100x10");
    assertThatIllegalArgumentException().isThrownBy(() -> GroupShape.parse("100"));
    assertThatIllegalArgumentException().isThrownBy(() -> GroupShape.parse("0x10"));
  }

  private static GroupPlan plan(int partitions) {
    return new GroupPlan("localhost:9092", "group", "topic", partitions);
  }
}
