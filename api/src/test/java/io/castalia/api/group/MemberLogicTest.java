package io.castalia.api.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.BrokerReply.HeartbeatAnswered;
import io.castalia.api.group.MemberEffect.FindOffsets;
import io.castalia.api.group.MemberEffect.Speak;
import io.castalia.api.group.MemberEffect.SpeakAfter;
import io.castalia.api.group.MemberEffect.Stop;
import io.castalia.api.group.MemberEffect.Tell;
import io.castalia.api.group.MemberLogic.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemberLogicTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Uuid TOPIC = new Uuid(1, 1);
  private static final MemberSettings SETTINGS =
      MemberSettings.create(
          "billing",
          MemberSubscription.to(Set.of("clicks")).withRebalanceTimeout(Duration.ofSeconds(10)));

  private final MemberLogic logic = new MemberLogic(SETTINGS);
  private MemberState state = MemberState.NEW;
  private List<MemberEffect> effects = List.of();

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

  @Test
  void shouldSayFarewellAndStop() {
    running(1, 0);
    apply(logic.departing(state));
    assertThat(effects).containsExactly(new Speak(-1, false, Optional.empty()));

    answered(-1, Optional.empty());

    assertThat(effects).containsExactly(new Tell(new MemberEvent.Left()), new Stop());
  }

  @Test
  void shouldSayFarewellAfterWhatItIsSaying() {
    running(1, 0);
    due();
    apply(logic.departing(state));
    assertThat(effects).isEmpty();

    answered(1, Optional.empty());

    assertThat(effects).containsExactly(new Speak(-1, false, Optional.empty()));
  }

  @Test
  void shouldLeaveUnheardWhenNobodyAnswers() {
    running(1, 0);
    apply(logic.departing(state));
    for (int i = 0; i < 5; i++) {
      refused(Errors.COORDINATOR_NOT_AVAILABLE);
      due();
      assertThat(effects).containsExactly(new Speak(-1, false, Optional.empty()));
    }
    refused(Errors.COORDINATOR_NOT_AVAILABLE);

    assertThat(effects).containsExactly(new Tell(new MemberEvent.Left()), new Stop());
  }

  @Test
  void shouldLeaveForAWhileAsAStaticMember() {
    MemberLogic statically = new MemberLogic(SETTINGS.withInstanceId("till-1"));

    Step step = statically.departing(MemberState.NEW.at(3));

    assertThat(step.effects()).containsExactly(new Speak(-2, false, Optional.empty()));
  }

  private void running(int epoch, Integer... partitions) {
    joined(epoch, partitions(partitions));
    found(new FindOffsets(epoch, names(partitions)), new HashMap<>());
    beat(epoch, Optional.empty());
  }

  private void joined(int epoch, Set<TopicIdPartition> assigned) {
    beat(epoch, Optional.of(assigned));
  }

  private void beat(int epoch, Optional<Set<TopicIdPartition>> assigned) {
    due();
    answered(epoch, assigned);
  }

  private void due() {
    apply(logic.due(state));
  }

  private void answered(int epoch, Optional<Set<TopicIdPartition>> assigned) {
    apply(logic.answered(state, new HeartbeatAnswered(epoch, INTERVAL, assigned, true)));
  }

  private void refused(Errors error) {
    apply(logic.refused(state, error, error.message()));
  }

  private void found(FindOffsets query, Map<TopicPartition, OffsetAndMetadata> committed) {
    apply(logic.found(state, query, committed));
  }

  private void released(int partition) {
    apply(logic.released(state, names(partition)));
  }

  private void apply(Step step) {
    state = step.state();
    effects = step.effects();
  }

  private static TopicPartition name(int partition) {
    return new TopicPartition("clicks", partition);
  }

  private static Set<TopicPartition> names(Integer... partitions) {
    return Holdings.names(partitions(partitions));
  }

  private static Set<TopicIdPartition> partitions(Integer... partitions) {
    return IntStream.range(0, partitions.length)
        .mapToObj(i -> new TopicIdPartition(TOPIC, name(partitions[i])))
        .collect(Collectors.toSet());
  }
}
