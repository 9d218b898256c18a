package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionCommand.Drop;
import io.castalia.actors.partition.PartitionCommand.Idle;
import io.castalia.actors.partition.PartitionCommand.Stop;
import io.castalia.persistence.FencedException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.Test;

/** A partition that moves, is idle, is fenced or deleted. */
class LeavingPartitionTest extends PartitionActorBase {

  @Test
  void shouldLeaveTheLogToItsNewOwner() {
    journal.recover();
    journal.failNextWrite(new FencedException("another writer"));
    append(Batches.plain("a"));

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    shard.expectMessageClass(ClusterSharding.Passivate.class);
    append(Batches.plain("a"));
    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    partition.tell(new Stop());
    results.expectTerminated(partition);
  }

  @Test
  void shouldFinishTheWriteInFlightAndRefuseTheRestWhenItMoves() {
    journal.recover();
    append(Batches.plain("a"));
    PartitionEvent first = journal.nextWrite();
    append(Batches.plain("b"));
    partition.tell(new Stop());

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    journal.confirm(first, partition);
    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NONE);
    results.expectTerminated(partition);
  }

  @Test
  void shouldReleaseTheLogWhenItMovesAndNothingIsInFlightAnyMore() {
    journal.recover();
    append(Batches.plain("a"));
    PartitionEvent first = journal.nextWrite();
    partition.tell(new Stop());
    append(Batches.plain("b"));
    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    assertThat(logs.released).isEmpty();

    journal.confirm(first, partition);

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NONE);
    results.expectTerminated(partition);
    assertThat(logs.released).containsExactly(ID.log());
  }

  @Test
  void shouldKeepTheLogWhenItIsOnlyIdle() {
    journal.recover();
    write(Batches.plain("a"));
    partition.tell(new Idle());
    shard.expectMessageClass(ClusterSharding.Passivate.class);

    partition.tell(new Stop());

    results.expectTerminated(partition);
    assertThat(logs.released).isEmpty();
  }

  @Test
  void shouldDeleteItsLogForEver() {
    TestProbe<Dropped> answers = kit.createTestProbe();
    journal.recover();
    append(Batches.plain("a"));
    PartitionEvent first = journal.nextWrite();
    partition.tell(new Drop(answers.getRef()));
    append(Batches.plain("b"));

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(logs.deleted).isEmpty();
    journal.confirm(first, partition);

    assertThat(answers.receiveMessage().error()).isEqualTo(Errors.NONE);
    assertThat(logs.deleted).containsExactly(ID.log());
    shard.expectMessageClass(ClusterSharding.Passivate.class);

    partition.tell(new Drop(answers.getRef()));
    assertThat(answers.receiveMessage().error()).isEqualTo(Errors.NONE);

    partition.tell(new Stop());
    answers.expectTerminated(partition);
  }
}
