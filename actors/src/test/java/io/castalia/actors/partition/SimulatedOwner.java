package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Locate;
import io.castalia.actors.partition.PartitionCommand.Persisted;
import io.castalia.actors.partition.PartitionCommand.Recovered;
import io.castalia.actors.partition.PartitionCommand.Verified;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.persistence.FencedException;
import io.castalia.testkit.simulation.Place;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** A node that has the partition, as far as it knows; its journal is a call away. */
final class SimulatedOwner {
  private static final PartitionId ID = new PartitionId(Uuid.ONE_UUID, 0);
  private static final TopicCatalog CATALOG =
      OneTopic.of(ID.topicId(), Map.of("retention.ms", "-1"));
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(Batches.NOW), ZoneOffset.UTC);
  private static final Duration TIMEOUT = Duration.ofMillis(300);

  private final PartitionSimulation world;
  private final Place node;
  private final List<Question<?>> questions = new ArrayList<>();
  private TestInbox<PartitionEvent> journal = TestInbox.create();
  private PartitionState known = PartitionState.EMPTY;
  private @Nullable OwnedPartition partition;
  private int epoch;

  private record Question<T>(TestInbox<T> inbox, Consumer<T> answer) {
    boolean isAnswered() {
      if (inbox.hasMessages()) {
        answer.accept(inbox.receiveMessage());
        return true;
      }
      return false;
    }
  }

  SimulatedOwner(PartitionSimulation world, Place node) {
    this.world = world;
    this.node = node;
  }

  Place node() {
    return node;
  }

  /** Takes the log, whoever has it. */
  void open() {
    close();
    world
        .network()
        .send(
            world.store(),
            () -> {
              Recovered log = world.log().open();
              world.network().send(node, () -> opened(log));
            });
  }

  private void opened(Recovered log) {
    if (log.leaderEpoch() < epoch) {
      return;
    }
    close();
    epoch = log.leaderEpoch();
    boolean stale = world.mutant() == PartitionMutant.OLD_STATE_AFTER_A_TAKEOVER;
    known = stale && known.logEnd() > 0 ? known : log.state();
    journal = TestInbox.create();
    partition =
        new OwnedPartition(
            ID, resources(), journal.getRef(), new Recovered(known, epoch), this::tell);
  }

  /** What the partition tells itself. */
  private void tell(PartitionCommand command) {
    OwnedPartition current = partition;
    if (command instanceof Verified verified && current != null) {
      current.verifiedAndNext(verified);
    } else if (!(command instanceof Verified)) {
      close();
    }
  }

  private PartitionResources resources() {
    PartitionSettings settings =
        new PartitionSettings(
            8,
            TIMEOUT,
            10_000,
            100,
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ZERO,
            TIMEOUT,
            TIMEOUT);
    return new PartitionResources(
        () -> CATALOG,
        new FakeOwnedLogs(this::confirm, this::ask),
        () -> false,
        settings,
        CLOCK,
        new KnownEpochs(),
        new OpenLogs(),
        (id, owner) -> {
          throw new IllegalStateException("expected the simulation to be the journal");
        },
        PartitionMeters.none());
  }

  private CompletableFuture<Done> confirm(int claimed) {
    return world.mutant() == PartitionMutant.READS_NOT_CONFIRMED
        ? CompletableFuture.completedFuture(Done.getInstance())
        : ask(claimed);
  }

  /** Whether the log is still owned in an epoch. */
  private CompletableFuture<Done> ask(int claimed) {
    CompletableFuture<Done> result = new CompletableFuture<>();
    world
        .network()
        .send(
            world.store(),
            () -> {
              boolean owned = world.log().isOwnedIn(claimed);
              world
                  .network()
                  .send(
                      node,
                      () -> {
                        if (owned) {
                          result.complete(Done.getInstance());
                        } else {
                          result.completeExceptionally(new FencedException("taken"));
                        }
                        settle();
                      });
            });
    return result;
  }

  /** The answers to all who wait are that the partition is elsewhere. */
  private void close() {
    OwnedPartition before = partition;
    partition = null;
    if (before != null) {
      before.refuseAll(Errors.NOT_LEADER_OR_FOLLOWER, "lost");
      settle();
    }
  }

  void append(ByteString batch, Consumer<AppendResult> answer) {
    OwnedPartition current = partition;
    if (current == null) {
      answer.accept(AppendResult.refused(Errors.NOT_LEADER_OR_FOLLOWER, "not here"));
      return;
    }
    TestInbox<AppendResult> inbox = TestInbox.create();
    questions.add(new Question<>(inbox, answer));
    current.append(new Append(batch, inbox.getRef()));
    settle();
  }

  void locate(Consumer<PartitionBounds> answer) {
    OwnedPartition current = partition;
    if (current == null) {
      answer.accept(PartitionBounds.refused(Errors.NOT_LEADER_OR_FOLLOWER));
      return;
    }
    TestInbox<PartitionBounds> inbox = TestInbox.create();
    questions.add(new Question<>(inbox, answer));
    current.locate(new Locate(-1, -1, inbox.getRef()));
    settle();
  }

  /** Passes on what the partition has said: to its journal, and to those who asked it. */
  private void settle() {
    if (partition != null && journal.hasMessages()) {
      write(partition, journal.receiveMessage());
    }
    questions.removeIf(Question::isAnswered);
  }

  private void write(OwnedPartition writing, PartitionEvent event) {
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    int claimed = epoch;
    world
        .network()
        .send(
            world.store(),
            () -> {
              boolean done = world.log().write(claimed, event);
              world.network().send(node, () -> written.complete(done));
            });
    boolean believed = world.mutant() == PartitionMutant.UNKNOWN_WRITE_TAKEN_FOR_DONE;
    node.after(TIMEOUT, () -> written.complete(believed));
    var unused =
        written.thenAccept(
            done -> {
              if (partition != writing) {
                return;
              }
              if (!done) {
                close();
                return;
              }
              known = known.evolve(event);
              writing.persistedAndNext(new Persisted(known));
              settle();
            });
  }
}
