package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.GroupEvent.OffsetsCommitted;
import io.castalia.actors.group.SlotCommand.Persist;
import io.castalia.actors.group.SlotEvent.Change;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SlotWritesTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final ActorRef<GroupCommand> coordinator = KIT.<GroupCommand>createTestProbe().ref();
  private final SlotWrites writes = new SlotWrites();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  static GroupEvent commit(int metadata) {
    return new OffsetsCommitted(
        Map.of(Requests.T0, new StoredOffset(Uuid.ZERO_UUID, 1, 1, "m".repeat(metadata), 1, -1)));
  }

  private void add(String groupId, int metadata) {
    writes.add(new Persist(groupId, List.of(Change.of(groupId, commit(metadata))), coordinator));
  }

  private List<String> next() {
    return writes.next().map(SlotEvent::changes).orElse(List.of()).stream()
        .map(Change::groupId)
        .toList();
  }

  private List<String> written() {
    return writes.written().stream().map(Persist::groupId).toList();
  }

  @Test
  void shouldWriteTogetherWhatComesDuringAWrite() {
    add("a", 0);
    assertThat(next()).containsExactly("a");
    add("b", 0);
    add("c", 0);

    assertThat(next()).isEmpty();

    assertThat(written()).containsExactly("a");
    assertThat(next()).containsExactly("b", "c");
    assertThat(written()).containsExactly("b", "c");
    assertThat(next()).isEmpty();
  }

  @Test
  void shouldBoundAWriteAndKeepTheOrder() {
    add("a", SlotWrites.MAX_BYTES / 2);
    add("b", SlotWrites.MAX_BYTES / 3);
    add("c", SlotWrites.MAX_BYTES / 3);
    add("d", 0);

    assertThat(next()).containsExactly("a", "b");
    written();
    assertThat(next()).containsExactly("c", "d");
  }

  @Test
  void shouldWriteADecisionThatIsTooLargeAlone() {
    add("small", 0);
    add("large", 2 * SlotWrites.MAX_BYTES);
    add("other", 0);

    assertThat(next()).containsExactly("small");
    written();
    assertThat(next()).containsExactly("large");
    written();
    assertThat(next()).containsExactly("other");
  }

  @Test
  void shouldKnowWhoseDecisionsAreNotWritten() {
    add("a", 0);
    next();
    add("b", 0);

    assertThat(writes.concern("a")).isTrue();
    assertThat(writes.concern("b")).isTrue();
    written();
    assertThat(writes.concern("a")).isFalse();
    assertThat(writes.concern("b")).isTrue();
  }
}
