package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionCommand.Stop;
import io.castalia.persistence.FencedException;
import io.castalia.persistence.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.Test;

/** A partition whose writes are known to hold some time after they are done. */
class VerifiedWritesTest extends PartitionActorBase {

  @Test
  void shouldWriteOnAndAnswerNobodyBeforeAWriteIsVerified() {
    // given
    CompletableFuture<Done> verification = new CompletableFuture<>();
    logs.verification = verification;
    journal.recover();
    append(Batches.plain("a"));

    // when
    journal.confirm(journal.nextWrite(), partition);
    append(Batches.plain("b"));
    PartitionEvent second = journal.nextWrite();

    // then
    results.expectNoMessage();
    assertThat(bounds(-1).highWatermark()).isZero();

    // when
    verification.complete(Done.getInstance());
    journal.confirm(second, partition);

    // then
    assertThat(offsets(2)).containsExactly(0L, 1L);
    assertThat(bounds(-1).highWatermark()).isEqualTo(2);
  }

  @Test
  void shouldNotRunFarAheadOfWhatIsVerified() {
    CompletableFuture<Done> verification = new CompletableFuture<>();
    logs.verification = verification;
    journal.recover();
    for (int i = 0; i < 4; i++) {
      append(Batches.plain("a"));
      journal.confirm(journal.nextWrite(), partition);
    }

    append(Batches.plain("b"));
    journal.expectNoWrite();
    verification.complete(Done.getInstance());

    journal.confirm(journal.nextWrite(), partition);
    assertThat(offsets(5)).containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void shouldOpenTheLogAgainWhenAWriteCannotBeVerified() {
    // given
    CompletableFuture<Done> verification = new CompletableFuture<>();
    logs.verification = verification;
    journal.recover();
    append(Batches.idempotent(7, 0, 0, "a"));
    journal.confirm(journal.nextWrite(), partition);

    // when
    verification.completeExceptionally(new StoreUnavailableException("away"));

    // then its outcome is unknown to the producer, who sends it again
    assertThat(results.receiveMessage().error()).isEqualTo(Errors.KAFKA_STORAGE_ERROR);
    logs.verification = CompletableFuture.completedFuture(Done.getInstance());
    journal.recover();
    append(Batches.idempotent(7, 0, 0, "a"));
    assertThat(offsets(1)).containsExactly(0L);
    journal.expectNoWrite();
  }

  @Test
  void shouldLeaveTheLogToItsNewOwnerWhenAWriteIsFenced() {
    CompletableFuture<Done> verification = new CompletableFuture<>();
    logs.verification = verification;
    journal.recover();
    append(Batches.plain("a"));
    journal.confirm(journal.nextWrite(), partition);

    verification.completeExceptionally(new FencedException("taken"));

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    shard.expectMessageClass(ClusterSharding.Passivate.class);
  }

  @Test
  void shouldWaitForTheVerificationOfItsLastWriteWhenItMoves() {
    CompletableFuture<Done> verification = new CompletableFuture<>();
    logs.verification = verification;
    journal.recover();
    append(Batches.plain("a"));
    journal.confirm(journal.nextWrite(), partition);

    partition.tell(new Stop());
    results.expectNoMessage();
    assertThat(logs.released).isEmpty();
    verification.complete(Done.getInstance());

    assertThat(offsets(1)).containsExactly(0L);
    kit.createTestProbe().expectTerminated(partition);
    assertThat(logs.released).containsExactly(ID.log());
  }
}
