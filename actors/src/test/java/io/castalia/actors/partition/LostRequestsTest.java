package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Locate;
import java.time.Duration;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.Dropped;
import org.apache.pekko.actor.UnhandledMessage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LostRequestsTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final org.apache.pekko.actor.typed.ActorRef<Object> LOST =
      KIT.spawn(LostRequests.create());

  /** The first answer says that it listens. */
  @BeforeAll
  static void awaitListening() {
    TestProbe<AppendResult> asker = KIT.createTestProbe();
    LOST.tell(
        new DeadLetter(
            new Append(ByteString.fromString("batch"), asker.getRef()), nobody(), nobody()));
    asker.receiveMessage();
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void shouldRefuseRequestsThatShardingDroppedFromItsBuffers() {
    TestProbe<AppendResult> asker = KIT.createTestProbe();
    Append request = new Append(ByteString.fromString("batch"), asker.getRef());

    // As sharding does it.
    nobody()
        .tell(
            Dropped.apply(new ShardingEnvelope<>("t:0", request), "moves", nobody(), nobody()),
            ActorRef.noSender());

    assertThat(asker.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
  }

  @Test
  void shouldRefuseRequestsThatCameAfterTheirPartitionHadStopped() {
    TestProbe<PartitionBounds> asker = KIT.createTestProbe();

    Adapter.toClassic(KIT.system()).deadLetters().tell(new Locate(0, -1, asker.getRef()), nobody());

    assertThat(asker.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
  }

  @Test
  void shouldRefuseRequestsThatAShardDidNotHandle() {
    TestProbe<AppendResult> asker = KIT.createTestProbe();
    Append request = new Append(ByteString.fromString("batch"), asker.getRef());

    Adapter.toClassic(KIT.system())
        .eventStream()
        .publish(new UnhandledMessage(new ShardingEnvelope<>("t:0", request), nobody(), nobody()));

    assertThat(asker.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
  }

  @Test
  void shouldLeaveEverythingElseAlone() {
    TestProbe<AppendResult> asker = KIT.createTestProbe();
    Append request = new Append(ByteString.fromString("batch"), asker.getRef());

    LOST.tell(new DeadLetter("a word", nobody(), nobody()));
    LOST.tell(new DeadLetter(request, nobody(), nobody()));

    asker.receiveMessage();
    asker.expectNoMessage(Duration.ZERO);
  }

  private static ActorRef nobody() {
    return Adapter.toClassic(KIT.system()).deadLetters();
  }
}
