package io.castalia.actors.group;

import static io.castalia.actors.group.SampleMessages.CONSUMER;
import static io.castalia.actors.group.SampleMessages.CONSUMERS;
import static io.castalia.actors.group.SampleMessages.GENERATION;
import static io.castalia.actors.group.SampleMessages.PARTITIONS;
import static io.castalia.actors.group.SampleMessages.STANDING;
import static io.castalia.actors.group.SampleMessages.STORED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The bytes of what groups persist, which later builds must read. */
class PersistedFormTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final GroupSerializer serializer =
      new GroupSerializer((ExtendedActorSystem) Adapter.toClassic(KIT.system()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
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
  }

  @Test
  void shouldKeepTheFormOfWhatIsPersistedOfSlots() {
    assertThat(
            hex(
                new SlotEvent(
                    List.of(
                        SlotEvent.Change.of("g", new GroupEvent.GroupRemoved()),
                        SlotEvent.Change.of("h", new GroupEvent.ConsumerRemoved("m", 7))))))
        .isEqualTo(
            "1700000002" // two changes
                + "0000000167" // a group
                + "000000010d" // its event
                + "0000000168" // another
                + "0000000e21000000016d0000000000000007");
    assertThat(
            hex(
                SlotState.EMPTY.after(
                    new SlotEvent(
                        List.of(
                            SlotEvent.Change.of("g", new GroupEvent.OffsetsCommitted(Map.of())))))))
        .isEqualTo(
            "1800000001" // one group
                + "0000000167"
                + "01" // exists
                + "00000000".repeat(5) // no members
                + "0000000000000000"
                + "00000000"); // no offsets
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
    SlotState slot =
        SlotState.EMPTY.after(
            new SlotEvent(
                List.of(SlotEvent.Change.of("g", new GroupEvent.ConsumersFormed(CONSUMERS)))));
    assertThat(hex(slot)).isEqualTo("18000000010000000167" + "03" + membership + "00000000");
  }

  @Test
  void shouldRefuseTheLogsOfBuildsThatKeptEachGroupInItsOwn() {
    byte[] marked =
        HexFormat.of().parseHex("14000000016700000008636f6e73756d6572010000000000000009");

    assertThatThrownBy(() -> serializer.fromBinary(marked, "group-1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("each in a log of its own")
        .hasMessageContaining("castalia.persistence.cassandra.keyspace");
  }

  private static String hex(GroupEvent event) {
    return HexFormat.of().formatHex(SlotEvent.Change.of("g", event).form().toArrayUnsafe());
  }

  private String hex(GroupMessage message) {
    return HexFormat.of().formatHex(serializer.toBinary(message));
  }
}
