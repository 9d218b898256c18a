package io.castalia.api.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.group.MemberEffect.FindOffsets;
import io.castalia.api.group.MemberEffect.Speak;
import io.castalia.api.group.MemberEffect.SpeakAfter;
import io.castalia.api.group.MemberEffect.Tell;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** How a member gives back partitions. */
class ReleasingMemberTest extends MemberLogicSteps {
  @Test
  void shouldLetGoOfNothingBeforeItsService() {
    running(1, 0, 1);
    beat(1, Optional.of(partitions(0)));

    assertThat(effects)
        .containsExactly(
            new Tell(new MemberEvent.Revoking(names(1), Duration.ofSeconds(9))),
            new SpeakAfter(INTERVAL));
    due();
    assertThat(effects).containsExactly(new Speak(1, false, Optional.empty()));
    answered(1, Optional.empty());

    released(1);
    assertThat(effects).containsExactly(new SpeakAfter(Duration.ZERO));
    due();
    assertThat(effects).containsExactly(new Speak(1, false, Optional.of(partitions(0))));
  }

  @Test
  void shouldAskForAPartitionBackOnce() {
    running(1, 0, 1);
    beat(1, Optional.of(partitions(0)));
    beat(1, Optional.of(partitions(0)));

    assertThat(effects).containsExactly(new SpeakAfter(INTERVAL));
  }

  @Test
  void shouldPassOverWhatWasNotAskedBack() {
    running(1, 0, 1);
    released(1);

    assertThat(effects).isEmpty();
    assertThat(state.holdings().held()).isEqualTo(names(0, 1));
  }

  @Test
  void shouldDropWhatItsServiceHasNotBegunWith() {
    joined(1, partitions(0, 1));
    FindOffsets query = new FindOffsets(1, names(0, 1));
    beat(2, Optional.of(partitions(0)));
    found(query, Map.of(name(0), new OffsetAndMetadata(1)));

    FindOffsets again = new FindOffsets(2, names(0));
    assertThat(effects).containsExactly(again);
    found(again, Map.of(name(0), new OffsetAndMetadata(3)));
    assertThat(effects)
        .containsExactly(
            new Tell(
                new MemberEvent.Assigned(Map.of(name(0), Optional.of(new OffsetAndMetadata(3))))));
  }

  @Test
  void shouldConfirmAnAssignmentThatWasTakenBackBeforeItBegan() {
    running(1, 0);
    beat(2, Optional.of(partitions(0, 1)));
    beat(3, Optional.of(partitions(0)));

    due();

    assertThat(effects).containsExactly(new Speak(3, false, Optional.of(partitions(0))));
  }

  @Test
  void shouldGiveBackAPartitionThatReturnsWhileItsServiceLetsGo() {
    running(1, 0, 1);
    beat(1, Optional.of(partitions(0)));
    beat(2, Optional.of(partitions(0, 1)));
    assertThat(effects).containsExactly(new SpeakAfter(INTERVAL));

    released(1);

    assertThat(effects)
        .containsExactly(new FindOffsets(2, names(1)), new SpeakAfter(Duration.ZERO));
  }

  @Test
  void shouldWaitForTheNamesakeOfATopicCreatedAgain() {
    running(1, 0);
    TopicIdPartition reborn = new TopicIdPartition(new Uuid(2, 2), name(0));
    beat(2, Optional.of(Set.of(reborn)));
    assertThat(effects).first().isInstanceOf(Tell.class);
    assertThat(state.holdings().starting()).isEmpty();

    released(0);

    assertThat(state.holdings().starting()).containsExactly(reborn);
  }
}
