package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionCommand.EndOfEpoch;
import io.castalia.actors.partition.PartitionCommand.Locate;
import io.castalia.persistence.FencedException;
import io.castalia.persistence.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.Test;

/** A partition answers reads when it knows that its log is still its own. */
class ConfirmedReadsTest extends PartitionActorBase {

  @Test
  void shouldAnswerReadsOnceItIsKnownThatTheLogIsStillItsOwn() {
    CompletableFuture<Done> confirmation = new CompletableFuture<>();
    TestProbe<PartitionBounds> bounds = kit.createTestProbe();
    TestProbe<OffsetResult> ends = kit.createTestProbe();
    journal.recover();
    write(Batches.plain("a"));
    logs.confirmation = confirmation;

    partition.tell(new Locate(0, -1, bounds.getRef()));
    partition.tell(new EndOfEpoch(4, -1, ends.getRef()));
    write(Batches.plain("b"));
    bounds.expectNoMessage();
    ends.expectNoMessage();
    confirmation.complete(Done.getInstance());

    assertThat(bounds.receiveMessage().highWatermark()).isEqualTo(1);
    assertThat(ends.receiveMessage().offset()).isEqualTo(1);
    assertThat(logs.confirmed)
        .hasSize(2)
        .containsOnly(ID.log() + " in epoch 4 within " + MAX_READ_LAG);
  }

  @Test
  void shouldLeaveTheLogToItsNewOwnerWhenAReadShowsThatThereIsOne() {
    journal.recover();
    append(Batches.plain("a"));
    journal.nextWrite();
    logs.confirmation = CompletableFuture.failedFuture(new FencedException("another writer"));

    assertThat(bounds(0).error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    shard.expectMessageClass(ClusterSharding.Passivate.class);
  }

  @Test
  void shouldRefuseReadsWhileItCannotBeFoundOutWhoseTheLogIs() {
    journal.recover();
    logs.confirmation = CompletableFuture.failedFuture(new StoreUnavailableException("away"));
    assertThat(bounds(0).error()).isEqualTo(Errors.KAFKA_STORAGE_ERROR);

    logs.confirmation = CompletableFuture.completedFuture(Done.getInstance());

    assertThat(bounds(0).error()).isEqualTo(Errors.NONE);
  }
}
