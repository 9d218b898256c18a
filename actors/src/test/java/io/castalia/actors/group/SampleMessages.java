package io.castalia.actors.group;

import io.castalia.actors.group.ConsumerGroupDescription.ConsumerDescription;
import io.castalia.actors.group.GroupDescription.MemberDescription;
import io.castalia.actors.group.JoinReply.JoinedMember;
import io.castalia.actors.group.LeaveReply.MemberLeft;
import io.castalia.actors.group.OffsetsReply.Committed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/** Messages and events of groups, each kind of them, to be written and read again. */
final class SampleMessages {
  static final MemberIdentity WHO = new MemberIdentity("m", Optional.of("i"));
  static final ClientAddress CLIENT = new ClientAddress("c", "/h");
  static final StoredOffset STORED = new StoredOffset(new Uuid(1, 2), 5, 3, "meta", 1000, -1);
  static final Generation GENERATION =
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

  static final Assignment PARTITIONS = new Assignment(Map.of(new Uuid(1, 2), Set.of(0, 1)));
  static final Standing STANDING =
      new Standing(
          4,
          3,
          Standing.State.REVOKING,
          PartitionEpochs.of(PARTITIONS, 3),
          PartitionEpochs.of(new Assignment(Map.of(new Uuid(3, 4), Set.of(5))), 2));
  static final ConsumerMember CONSUMER =
      new ConsumerMember(
          WHO,
          CLIENT,
          new MemberSubscription(
              Optional.of("rack"), Duration.ofMinutes(5), Set.of("t"), "x.*", Optional.of("range")),
          Optional.of(new ClassicTerms(Duration.ofSeconds(10), Requests.protocols("range"))),
          STANDING);
  static final ConsumerMembership CONSUMERS =
      ConsumerMembership.of(
          new GroupEpoch(4, 99),
          new TargetAssignment(3, Map.of("m", PARTITIONS)),
          List.of(CONSUMER),
          1000);

  static final SlotState SLOT =
      SlotState.EMPTY.after(
          new SlotEvent(
              List.of(
                  SlotEvent.Change.of("c", new GroupEvent.ConsumersFormed(CONSUMERS)),
                  SlotEvent.Change.of("b", new GroupEvent.GenerationCompleted(GENERATION)),
                  SlotEvent.Change.of(
                      "b", new GroupEvent.OffsetsCommitted(Map.of(Requests.T0, STORED))))));

  private SampleMessages() {}

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

  static List<GroupEvent> events() {
    return List.of(
        new GroupEvent.GenerationCompleted(GENERATION),
        new GroupEvent.OffsetsCommitted(Map.of(Requests.T0, STORED)),
        new GroupEvent.OffsetsDropped(Set.of(Requests.T0, Requests.T1)),
        new GroupEvent.GroupRemoved(),
        new GroupEvent.ConsumersFormed(CONSUMERS),
        new GroupEvent.ConsumerChanged(CONSUMER),
        new GroupEvent.ConsumerMoved("m", STANDING),
        new GroupEvent.ConsumerRemoved("m", 7),
        new GroupEvent.EpochBegun(new GroupEpoch(4, 99)),
        new GroupEvent.TargetAssigned(4, Map.of("m", PARTITIONS)));
  }
}
