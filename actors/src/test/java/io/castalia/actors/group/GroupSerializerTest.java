package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.actors.group.ConsumerGroupDescription.ConsumerDescription;
import io.castalia.actors.group.GroupDescription.MemberDescription;
import io.castalia.actors.group.JoinReply.JoinedMember;
import io.castalia.actors.group.LeaveReply.MemberLeft;
import io.castalia.actors.group.ListReply.GroupListing;
import io.castalia.actors.group.OffsetsReply.Committed;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupSerializerTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final MemberIdentity WHO = new MemberIdentity("m", Optional.of("i"));
  private static final ClientAddress CLIENT = new ClientAddress("c", "/h");
  private static final StoredOffset STORED =
      new StoredOffset(new Uuid(1, 2), 5, 3, "meta", 1000, -1);
  private static final Generation GENERATION =
      new Generation(
          2,
          "consumer",
          "range",
          "m",
          List.of(
              new Member(
                  WHO,
                  CLIENT,
                  Duration.ofSeconds(10),
                  Duration.ofSeconds(60),
                  Requests.protocols("range"),
                  Requests.bytes("a"))),
          1000);

  private static final Assignment PARTITIONS = new Assignment(Map.of(new Uuid(1, 2), Set.of(0, 1)));
  private static final Standing STANDING =
      new Standing(
          4,
          3,
          Standing.State.REVOKING,
          PartitionEpochs.of(PARTITIONS, 3),
          PartitionEpochs.of(new Assignment(Map.of(new Uuid(3, 4), Set.of(5))), 2));
  private static final ConsumerMember CONSUMER =
      new ConsumerMember(
          WHO,
          CLIENT,
          new MemberSubscription(
              Optional.of("rack"), Duration.ofMinutes(5), Set.of("t"), "x.*", Optional.of("range")),
          Optional.of(new ClassicTerms(Duration.ofSeconds(10), Requests.protocols("range"))),
          STANDING);
  private static final ConsumerMembership CONSUMERS =
      ConsumerMembership.of(
          new GroupEpoch(4, 99),
          new TargetAssignment(3, Map.of("m", PARTITIONS)),
          List.of(CONSUMER),
          1000);

  private final GroupSerializer serializer =
      new GroupSerializer((ExtendedActorSystem) Adapter.toClassic(KIT.system()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  static List<GroupRequest> requests() {
    return List.of(
        Requests.joinStatic("m", "i", "range", "sticky"),
        Requests.joinInTwoSteps(""),
        Requests.sync(WHO, 4, Map.of("m", Requests.bytes("a"))),
        Requests.heartbeat("m", 3),
        Requests.leave(WHO, MemberIdentity.NONE),
        Requests.commit("m", 3, Requests.T0, 7),
        new CommitRequest("g", WHO, 1, Optional.of(Duration.ofHours(1)), Map.of()),
        Requests.allOffsets(),
        new OffsetsQuery(
            "g",
            Optional.of(Set.of(Requests.T0, Requests.T1)),
            true,
            Optional.of(new MemberClaim("m", 3))),
        new GroupRequest.DescribeConsumers("g"),
        Consumers.join("m", "t"),
        new ConsumerHeartbeatRequest(
            "g",
            WHO,
            7,
            CLIENT,
            new ConsumerSubscription(
                Optional.of("rack"),
                Optional.of(Duration.ofMinutes(5)),
                Optional.of(Set.of("t", "u")),
                Optional.of("x.*"),
                Optional.of("range")),
            Optional.of(Map.of(new Uuid(1, 2), Set.of(0, 3)))),
        new GroupRequest.DeleteOffsets("g", Set.of(Requests.T0)),
        new GroupRequest.Describe("g"),
        new GroupRequest.Delete("g"));
  }

  static List<GroupReply> replies() {
    return List.of(
        JoinReply.refused(Errors.MEMBER_ID_REQUIRED, "m"),
        new JoinReply(
            Errors.NONE,
            "m",
            3,
            Optional.of("consumer"),
            Optional.of("range"),
            "m",
            true,
            List.of(new JoinedMember(WHO, Requests.bytes("x")))),
        new SyncReply(Errors.NONE, Optional.of("consumer"), Optional.empty(), Requests.bytes("a")),
        ConsumerHeartbeatReply.refused(Errors.FENCED_MEMBER_EPOCH, "expected 3"),
        new ConsumerHeartbeatReply(
            Errors.NONE,
            Optional.empty(),
            "m",
            3,
            Duration.ofSeconds(5),
            Optional.of(Map.of(new Uuid(1, 2), Set.of(0)))),
        new LeaveReply(Errors.NONE, List.of(new MemberLeft(WHO, Errors.UNKNOWN_MEMBER_ID))),
        CommitReply.all(Set.of(Requests.T0, Requests.T1), Errors.REBALANCE_IN_PROGRESS),
        new OffsetsReply(
            Errors.NONE,
            Map.of(
                Requests.T0,
                new Committed(Errors.NONE, 5, OptionalInt.of(1), "m"),
                Requests.T1,
                Committed.NOTHING)),
        new DeleteOffsetsReply(Errors.NONE, Map.of(Requests.T0, Errors.NONE)),
        new GroupDescription(
            Errors.NONE,
            "g",
            "Stable",
            "consumer",
            "range",
            List.of(new MemberDescription(WHO, CLIENT, Requests.bytes("x"), Requests.bytes("y")))),
        new ConsumerGroupDescription(
            Errors.NONE,
            "g",
            "Reconciling",
            4,
            3,
            "range",
            List.of(
                new ConsumerDescription(
                    WHO,
                    CLIENT,
                    true,
                    Optional.of("rack"),
                    3,
                    Set.of("t", "u"),
                    "x.*",
                    PARTITIONS.partitions(),
                    Map.of()))),
        new GroupReply.Code(Errors.NON_EMPTY_GROUP));
  }

  static List<GroupMessage> others() {
    return List.of(
        new Answered.Held(KIT.<GroupCommand>createTestProbe().ref()),
        new Answered.Lost(),
        new SlotCommand.List(
            new ListQuery(Set.of("Stable", "Empty"), Set.of("classic")),
            KIT.<SlotReply>createTestProbe().ref()),
        new SlotReply(Errors.NONE, List.of(new GroupListing("g", "consumer", "Stable", "classic"))),
        new GroupEvent.GenerationCompleted(GENERATION),
        new GroupEvent.OffsetsCommitted(Map.of(Requests.T0, STORED)),
        new GroupEvent.OffsetsDropped(Set.of(Requests.T0, Requests.T1)),
        new GroupEvent.GroupRemoved(),
        new GroupRecord(true, GENERATION, Offsets.of(Map.of(Requests.T0, STORED))),
        new GroupEvent.ConsumersFormed(CONSUMERS),
        new GroupEvent.ConsumerChanged(CONSUMER),
        new GroupEvent.ConsumerMoved("m", STANDING),
        new GroupEvent.ConsumerRemoved("m", 7),
        new GroupEvent.EpochBegun(new GroupEpoch(4, 99)),
        new GroupEvent.TargetAssigned(4, Map.of("m", PARTITIONS)),
        new GroupRecord(true, CONSUMERS, Offsets.NONE),
        new SlotEvent.GroupMarked("c", new GroupMark(GroupType.CONSUMER, "consumer", true, 9)),
        new SlotEvent.GroupMarked("g", new GroupMark(GroupType.CLASSIC, "consumer", true, 9)),
        new SlotEvent.GroupForgotten("g"),
        SlotState.EMPTY
            .with("b", GroupMark.NEW)
            .with("a", new GroupMark(GroupType.CLASSIC, "connect", true, 1)));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void shouldReadEveryRequestItWrote(GroupRequest request) throws NotSerializableException {
    shouldReadWhatItWrote(new GroupCommand.Ask(request, KIT.<Answered>createTestProbe().ref()));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void shouldReadEveryReplyItWrote(GroupReply reply) throws NotSerializableException {
    shouldReadWhatItWrote(new Answered.Answer(reply));
  }

  @ParameterizedTest
  @MethodSource("others")
  void shouldReadWhatItWrote(GroupMessage message) throws NotSerializableException {
    byte[] bytes = serializer.toBinary(message);

    assertThat(serializer.fromBinary(bytes, serializer.manifest(message))).isEqualTo(message);
    assertThat(SerializationExtension.get(KIT.system()).findSerializerFor(message))
        .isInstanceOf(GroupSerializer.class);
  }

  @Test
  void shouldKnowEveryVariant() {
    assertThat(GroupRequestCodec.CODEC.variants())
        .containsExactlyInAnyOrder(GroupRequest.class.getPermittedSubclasses());
    assertThat(GroupReplyCodec.CODEC.variants())
        .containsExactlyInAnyOrder(GroupReply.class.getPermittedSubclasses());
  }

  @Test
  void shouldKeepTheFormOfWhatIsPersisted() {
    assertThat(hex(new GroupEvent.OffsetsCommitted(Map.of(Requests.T0, STORED))))
        .isEqualTo(
            "0b00000001" // one offset
                + "000000017400000000" // t-0
                + "00000000000000010000000000000002" // topic id
                + "0000000000000005" // offset
                + "00000003" // leader epoch
                + "000000046d657461" // metadata
                + "00000000000003e8" // committed at
                + "ffffffffffffffff"); // expires at
    assertThat(hex(new GroupEvent.GenerationCompleted(GENERATION)))
        .isEqualTo(
            "0a00000002" // generation
                + "00000008636f6e73756d6572" // protocol type
                + "0000000572616e6765" // protocol
                + "000000016d" // leader
                + "00000001000000016d010000000169" // one member, with an instance id
                + "0000000163000000022f68" // client
                + "0000000000002710" // session timeout
                + "000000000000ea60" // rebalance timeout
                + "000000010000000572616e6765000000086f662072616e6765" // protocols
                + "0000000161" // assignment
                + "00000000000003e8"); // since
    assertThat(
            hex(
                new SlotEvent.GroupMarked(
                    "g", new GroupMark(GroupType.CLASSIC, "consumer", true, 9))))
        .isEqualTo("14000000016700000008636f6e73756d6572010000000000000009");
    assertThat(
            hex(
                new SlotEvent.GroupMarked(
                    "g", new GroupMark(GroupType.CONSUMER, "consumer", true, 9))))
        .isEqualTo("14000000016700000008636f6e73756d6572030000000000000009");
  }

  @Test
  void shouldKeepTheFormOfWhatIsPersistedOfConsumers() {
    String partitions =
        "00000001" + "00000000000000010000000000000002" + "000000020000000000000001";
    String standing =
        "0000000400000003" // epoch and the one before
            + "01" // revoking
            + "0000000100000000000000010000000000000002" // one topic assigned
            + "0000000200000000000000030000000100000003" // partitions and their epochs
            + "0000000100000000000000030000000000000004" // one topic to let go of
            + "000000010000000500000002";
    String member =
        "000000016d010000000169" // identity
            + "0000000163000000022f68" // client
            + "01000000047261636b" // rack
            + "00000000000493e0" // rebalance timeout
            + "000000010000000174" // topics
            + "00000003782e2a" // expression
            + "010000000572616e6765" // assignor
            + "010000000000002710" // classic, with a session timeout
            + "000000010000000572616e6765000000086f662072616e6765" // protocols
            + standing;
    String target = "0000000300000001000000016d" + partitions;
    String membership =
        "000000040000000000000063" // epoch and fingerprint
            + target
            + "00000001"
            + member
            + "00000000000003e8"; // since
    assertThat(hex(new GroupEvent.ConsumersFormed(CONSUMERS))).isEqualTo("1e" + membership);
    assertThat(hex(new GroupEvent.ConsumerChanged(CONSUMER))).isEqualTo("1f" + member);
    assertThat(hex(new GroupEvent.ConsumerMoved("m", STANDING)))
        .isEqualTo("20000000016d" + standing);
    assertThat(hex(new GroupEvent.ConsumerRemoved("m", 7)))
        .isEqualTo("21000000016d0000000000000007");
    assertThat(hex(new GroupEvent.EpochBegun(new GroupEpoch(4, 99))))
        .isEqualTo("22000000040000000000000063");
    assertThat(hex(new GroupEvent.TargetAssigned(3, Map.of("m", PARTITIONS))))
        .isEqualTo("23" + target);
    assertThat(hex(new GroupRecord(true, CONSUMERS, Offsets.NONE)))
        .isEqualTo("0e03" + membership + "00000000");
  }

  @Test
  void shouldRefuseOtherFormsAndBrokenBytes() {
    byte[] bytes = serializer.toBinary(new GroupEvent.GenerationCompleted(GENERATION));

    assertThatThrownBy(() -> serializer.fromBinary(bytes, "group-0"))
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> serializer.fromBinary(new byte[] {10, 0}, "group-1"))
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> serializer.fromBinary(new byte[] {99}, "group-1"))
        .isInstanceOf(NotSerializableException.class);
  }

  private String hex(GroupMessage message) {
    return HexFormat.of().formatHex(serializer.toBinary(message));
  }
}
