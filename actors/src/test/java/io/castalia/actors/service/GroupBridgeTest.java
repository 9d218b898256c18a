package io.castalia.actors.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.ClientAddress;
import io.castalia.actors.group.CommitRequest.OffsetToCommit;
import io.castalia.actors.group.ConsumerHeartbeatReply;
import io.castalia.actors.group.MemberClaim;
import io.castalia.actors.group.OffsetsReply;
import io.castalia.actors.group.OffsetsReply.Committed;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.api.BrokerReply;
import io.castalia.api.group.MemberHeartbeat;
import io.castalia.api.group.MemberIdentity;
import io.castalia.api.group.MemberSubscription;
import io.castalia.api.group.OffsetCommit;
import io.castalia.api.group.OffsetQuery;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class GroupBridgeTest {
  private static final Uuid CLICKS = new Uuid(1, 1);
  private static final Uuid UNHEARD_OF = new Uuid(2, 2);
  private static final TopicPartition PARTITION = new TopicPartition("clicks", 1);
  private static final MemberIdentity MEMBER =
      new MemberIdentity("m-1", Optional.of("till-1"), "till", "/10.0.0.7");

  private final FakeGroups groups = new FakeGroups();
  private final TopicCatalog catalog =
      TopicCatalog.of(new TopicDescription("clicks", CLICKS, 2, Map.of()));
  private final GroupBridge bridge = new GroupBridge(groups, () -> catalog);

  @Test
  void shouldAskTheCoordinatorWhatKafkasClientsAsk() {
    groups.heartbeatReply = answered(Map.of(CLICKS, Set.of(1)));

    BrokerReply reply =
        join(
            bridge.heartbeat(
                new MemberHeartbeat(
                    "billing",
                    MEMBER,
                    0,
                    Optional.of(MemberSubscription.to(Set.of("clicks")).withAssignor("range")),
                    Optional.of(Set.of()))));

    assertThat(reply)
        .isEqualTo(
            new BrokerReply.HeartbeatAnswered(
                3,
                Duration.ofSeconds(5),
                Optional.of(Set.of(new TopicIdPartition(CLICKS, PARTITION))),
                true));
    assertThat(groups.heartbeat.client()).isEqualTo(new ClientAddress("till", "/10.0.0.7"));
    assertThat(groups.heartbeat.member().instanceId()).contains("till-1");
    assertThat(groups.heartbeat.owned()).contains(Map.of());
    assertThat(groups.heartbeat.subscription().topics()).contains(Set.of("clicks"));
    assertThat(groups.heartbeat.subscription().regex()).contains("");
    assertThat(groups.heartbeat.subscription().assignor()).contains("range");
  }

  @Test
  void shouldSayThatItDoesNotKnowATopicYet() {
    groups.heartbeatReply = answered(Map.of(CLICKS, Set.of(1), UNHEARD_OF, Set.of(0)));

    BrokerReply reply =
        join(
            bridge.heartbeat(
                new MemberHeartbeat("billing", MEMBER, 3, Optional.empty(), Optional.empty())));

    assertThat(reply)
        .isInstanceOfSatisfying(
            BrokerReply.HeartbeatAnswered.class,
            answer -> {
              assertThat(answer.complete()).isFalse();
              assertThat(answer.assigned())
                  .contains(Set.of(new TopicIdPartition(CLICKS, PARTITION)));
            });
  }

  @Test
  void shouldPassARefusalOn() {
    groups.heartbeatReply =
        ConsumerHeartbeatReply.refused(Errors.FENCED_MEMBER_EPOCH, "expected 4, but it was 3");

    assertThat(
            join(
                bridge.heartbeat(
                    new MemberHeartbeat("billing", MEMBER, 3, Optional.empty(), Optional.empty()))))
        .isEqualTo(new BrokerReply.Refused(Errors.FENCED_MEMBER_EPOCH, "expected 4, but it was 3"));
  }

  @Test
  void shouldRefuseOffsetsOfPartitionsThatAreNotThere() {
    TopicPartition beyond = new TopicPartition("clicks", 2);
    TopicPartition nowhere = new TopicPartition("nowhere", 0);

    BrokerReply reply =
        join(
            bridge.commit(
                new OffsetCommit(
                    "billing",
                    MEMBER,
                    3,
                    Map.of(
                        PARTITION,
                        new OffsetAndMetadata(5, Optional.of(1), "p7"),
                        beyond,
                        new OffsetAndMetadata(5),
                        nowhere,
                        new OffsetAndMetadata(5)))));

    assertThat(reply)
        .isEqualTo(
            new BrokerReply.OffsetsCommitted(
                Map.of(
                    PARTITION,
                    Errors.NONE,
                    beyond,
                    Errors.UNKNOWN_TOPIC_OR_PARTITION,
                    nowhere,
                    Errors.UNKNOWN_TOPIC_OR_PARTITION)));
    assertThat(groups.commit.offsets())
        .isEqualTo(Map.of(PARTITION, new OffsetToCommit(5, OptionalInt.of(1), "p7")));
    assertThat(groups.commit.generation()).isEqualTo(3);
  }

  @Test
  void shouldFindWhatIsCommittedAsAMemberOrAsAnybody() {
    groups.offsetsReply =
        new OffsetsReply(
            Errors.NONE,
            Map.of(
                PARTITION,
                new Committed(Errors.NONE, 5, OptionalInt.of(1), "p7"),
                new TopicPartition("clicks", 0),
                Committed.NOTHING));

    assertThat(join(bridge.offsets(new OffsetQuery("billing", "m-1", 3, Set.of(PARTITION)))))
        .isEqualTo(
            new BrokerReply.OffsetsFetched(
                Map.of(PARTITION, new OffsetAndMetadata(5, Optional.of(1), "p7"))));
    assertThat(groups.query.claim()).contains(new MemberClaim("m-1", 3));
    join(bridge.offsets(OffsetQuery.withoutMembership("billing", Set.of(PARTITION))));
    assertThat(groups.query.claim()).isEmpty();
  }

  @Test
  void shouldRefuseOffsetsOfAnOpenTransaction() {
    groups.offsetsReply =
        new OffsetsReply(
            Errors.NONE,
            Map.of(
                PARTITION,
                new Committed(Errors.UNSTABLE_OFFSET_COMMIT, -1, OptionalInt.empty(), "")));

    assertThat(join(bridge.offsets(OffsetQuery.withoutMembership("billing", Set.of(PARTITION)))))
        .isInstanceOfSatisfying(
            BrokerReply.Refused.class,
            refused -> assertThat(refused.error()).isEqualTo(Errors.UNSTABLE_OFFSET_COMMIT));
  }

  private static ConsumerHeartbeatReply answered(Map<Uuid, Set<Integer>> assigned) {
    return new ConsumerHeartbeatReply(
        Errors.NONE, Optional.empty(), "m-1", 3, Duration.ofSeconds(5), Optional.of(assigned));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
