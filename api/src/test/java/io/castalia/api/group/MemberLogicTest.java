package io.castalia.api.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.BrokerReply.HeartbeatAnswered;
import io.castalia.api.group.MemberEffect.FindOffsets;
import io.castalia.api.group.MemberEffect.Speak;
import io.castalia.api.group.MemberEffect.SpeakAfter;
import io.castalia.api.group.MemberEffect.Stop;
import io.castalia.api.group.MemberEffect.Tell;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a member joins, and what it does when it is refused or not answered. */
class MemberLogicTest extends MemberLogicSteps {
  @Test
  void shouldSayAllWhenItJoins() {
    due();

    assertThat(effects).containsExactly(new Speak(0, true, Optional.of(Set.of())));
  }

  @Test
  void shouldSpeakOneHeartbeatAtATime() {
    due();
    due();

    assertThat(effects).isEmpty();
  }

  @Test
  void shouldFindOutWhereToBeginBeforeItsServiceReads() {
    joined(1, partitions(0, 1));
    FindOffsets query = new FindOffsets(1, names(0, 1));
    assertThat(effects).containsExactly(query, new SpeakAfter(Duration.ZERO));

    found(query, Map.of(name(0), new OffsetAndMetadata(7)));

    assertThat(effects)
        .containsExactly(
            new Tell(
                new MemberEvent.Assigned(
                    Map.of(
                        name(0), Optional.of(new OffsetAndMetadata(7)),
                        name(1), Optional.empty()))));
  }

  @Test
  void shouldReportWhatItHasUntilTheCoordinatorHasHeardIt() {
    joined(1, partitions(0, 1));
    due();
    assertThat(effects).containsExactly(new Speak(1, false, Optional.of(partitions(0, 1))));
    refused(Errors.COORDINATOR_NOT_AVAILABLE);

    due();
    assertThat(effects).containsExactly(new Speak(1, true, Optional.of(partitions(0, 1))));
    answered(1, Optional.empty());
    assertThat(effects).containsExactly(new SpeakAfter(INTERVAL));

    due();
    assertThat(effects).containsExactly(new Speak(1, false, Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN_MEMBER_ID", "FENCED_MEMBER_EPOCH"})
  void shouldTellWhatIsLostAndJoinAgainWhenFenced(Errors error) {
    running(4, 0, 1);
    due();
    refused(error);

    assertThat(effects)
        .containsExactly(
            new Tell(new MemberEvent.Lost(names(0, 1), error)),
            new SpeakAfter(Duration.ofMillis(50)));
    due();
    assertThat(effects).containsExactly(new Speak(0, true, Optional.of(Set.of())));
  }

  @Test
  void shouldPassOverAnAnswerFromBeforeItWasFenced() {
    joined(4, partitions(0));
    FindOffsets before = new FindOffsets(4, names(0));
    due();
    refused(Errors.FENCED_MEMBER_EPOCH);
    joined(6, partitions(0));
    found(before, Map.of(name(0), new OffsetAndMetadata(1)));

    assertThat(effects).isEmpty();
    assertThat(state.holdings().running()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "UNSUPPORTED_ASSIGNOR",
        "INVALID_REGULAR_EXPRESSION",
        "GROUP_MAX_SIZE_REACHED",
        "FENCED_INSTANCE_ID",
        "UNRELEASED_INSTANCE_ID",
        "INVALID_REQUEST"
      })
  void shouldGiveUpWhatIsRefusedForGood(Errors error) {
    running(1, 0);
    due();
    apply(logic.refused(state, error, "why"));

    assertThat(effects)
        .containsExactly(
            new Tell(new MemberEvent.Lost(names(0), error)),
            new Tell(new MemberEvent.Failed(error, "why")),
            new Stop());
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "COORDINATOR_NOT_AVAILABLE",
        "COORDINATOR_LOAD_IN_PROGRESS",
        "NOT_COORDINATOR",
        "BROKER_NOT_AVAILABLE",
        "REQUEST_TIMED_OUT"
      })
  void shouldKeepWhatItHasWhileNobodyAnswers(Errors error) {
    running(1, 0);
    due();
    refused(error);
    assertThat(effects).containsExactly(new SpeakAfter(Duration.ofMillis(50)));
    due();
    refused(error);
    assertThat(effects).containsExactly(new SpeakAfter(Duration.ofMillis(100)));

    assertThat(state.holdings().held()).isEqualTo(names(0));
  }

  @Test
  void shouldAskAgainForTopicsThatTheNodeDoesNotKnowYet() {
    due();
    apply(
        logic.answered(
            state, new HeartbeatAnswered(1, INTERVAL, Optional.of(partitions(0)), false)));
    due();

    assertThat(effects).containsExactly(new Speak(1, true, Optional.of(partitions(0))));
  }

  @Test
  void shouldAskAgainWhatWasNotFound() {
    joined(1, partitions(0));
    FindOffsets query = new FindOffsets(1, names(0));
    apply(logic.unfound(state, query));
    assertThat(effects).containsExactly(new SpeakAfter(Duration.ofMillis(1_600)));

    beat(1, Optional.empty());

    assertThat(effects).contains(query);
  }
}
