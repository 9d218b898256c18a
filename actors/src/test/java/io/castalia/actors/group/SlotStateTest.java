package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.GroupEvent.GroupRemoved;
import io.castalia.actors.group.SlotEvent.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotStateTest {
  private static SlotState after(SlotState state, Change... changes) {
    return state.after(new SlotEvent(List.of(changes)));
  }

  @Test
  void shouldKeepTheGroupsOfOneWriteApart() {
    SlotState state =
        after(
            SlotState.EMPTY,
            Change.of("a", SlotWritesTest.commit(1)),
            Change.of("b", SlotWritesTest.commit(2)));

    assertThat(state.record("a")).isEqualTo(GroupRecord.NONE.after(SlotWritesTest.commit(1)));
    assertThat(state.record("b")).isEqualTo(GroupRecord.NONE.after(SlotWritesTest.commit(2)));
    assertThat(state.record("c")).isEqualTo(GroupRecord.NONE);
  }

  @Test
  void shouldForgetAGroupThatIsGone() {
    SlotState state =
        after(
            SlotState.EMPTY,
            Change.of("a", SlotWritesTest.commit(1)),
            Change.of("a", new GroupRemoved()));

    assertThat(state).isEqualTo(SlotState.EMPTY);
  }

  @Test
  void shouldAskForASnapshotEverySoManyBytes() {
    Change large = Change.of("a", SlotWritesTest.commit((int) SlotState.SNAPSHOT_BYTES / 2));
    SlotState once = after(SlotState.EMPTY, large);
    SlotState twice = after(once, large);

    assertThat(once.isSnapshotDue()).isFalse();
    assertThat(twice.isSnapshotDue()).isTrue();
    assertThat(after(twice, large).isSnapshotDue()).isFalse();
  }
}
