package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.Persisted;
import io.castalia.actors.partition.PartitionCommand.Recovered;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A journal that writes when it is told to, and keeps its log over restarts. */
final class FakeJournal {
  private final TestProbe<PartitionEvent> writes;
  private final TestProbe<ActorRef<PartitionCommand>> starts;
  private volatile RuntimeException failure = new IllegalStateException("not asked to fail");
  private volatile boolean failing;
  private volatile PartitionState state = PartitionState.EMPTY;
  private int epoch = 3;

  FakeJournal(ActorTestKit kit) {
    writes = kit.createTestProbe();
    starts = kit.createTestProbe();
  }

  Behavior<PartitionEvent> create(ActorRef<PartitionCommand> owner) {
    return Behaviors.setup(
        context -> {
          starts.getRef().tell(owner);
          return Behaviors.receiveMessage(
              event -> {
                if (failing) {
                  failing = false;
                  throw failure;
                }
                writes.getRef().tell(event);
                return Behaviors.same();
              });
        });
  }

  /** Waits for the next start and lets it recover. */
  void recover() {
    epoch++;
    starts.receiveMessage().tell(new Recovered(state, epoch));
  }

  /** Waits for the next write. */
  PartitionEvent nextWrite() {
    return writes.receiveMessage();
  }

  void expectNoWrite() {
    writes.expectNoMessage();
  }

  /** Confirms a write. */
  void confirm(PartitionEvent event, ActorRef<PartitionCommand> owner) {
    state = state.evolve(event);
    owner.tell(new Persisted(state));
  }

  void failNextWrite(RuntimeException cause) {
    failure = cause;
    failing = true;
  }

  PartitionState state() {
    return state;
  }
}
