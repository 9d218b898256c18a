package io.castalia.actors.topic;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.topic.DirectoryCommand.CatalogDelta;
import io.castalia.actors.topic.RegistryCommand.Answer;
import io.castalia.actors.topic.RegistryCommand.Submit;
import io.castalia.actors.topic.RegistryLedger.Opened;
import io.castalia.testkit.simulation.Place;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;

/**
 * A registry around its own logic: it decides together what has come in while it was writing, and
 * answers when that is written. Until a write is refused, it does not know that it was replaced.
 */
final class SimulatedRegistry {
  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final Duration TICK = Duration.ofMillis(40);
  private static final TestInbox<Answer> NOBODY = TestInbox.create();

  private final RegistrySimulation world;
  private final Place place;
  private final RegistryLogic logic;
  private final Queue<Submit> waiting = new ArrayDeque<>();
  private final IdentityHashMap<Submit, Consumer<Answer>> asked = new IdentityHashMap<>();
  private final Set<SimulatedNode> subscribers = new LinkedHashSet<>();
  private RegistryState state = RegistryState.EMPTY;
  private PurgeQueue purges = new PurgeQueue();
  private int latest;

  /** Of the journal; none while it has not got it. */
  private int epoch;

  private boolean writing;

  SimulatedRegistry(RegistrySimulation world, Place place) {
    this.world = world;
    this.place = place;
    this.logic = new RegistryLogic(Map.of(), world::freshId);
    tick();
  }

  Place place() {
    return place;
  }

  /** Takes the journal, whoever has it. Who waits here is never answered. */
  void open() {
    epoch = 0;
    writing = false;
    waiting.clear();
    asked.clear();
    subscribers.clear();
    call(() -> world.ledger().open(), this::opened, this::open);
  }

  private void opened(Opened journal) {
    if (journal.epoch() <= latest) {
      return;
    }
    latest = journal.epoch();
    epoch = journal.epoch();
    boolean stale = world.mutant() == RegistryMutant.OLD_STATE_AFTER_A_TAKEOVER;
    state = stale && state.version() > 0 ? state : journal.state();
    purges = new PurgeQueue();
    state.deleting().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> purge(each.getKey(), each.getValue()));
    submit(new RegistryRequest.NameCluster(place.name()), false, answer -> {});
  }

  private void purge(Uuid topic, RegistryState.Purge progress) {
    purges.add(topic, progress.next(), progress.partitions());
  }

  void submit(RegistryRequest request, boolean validateOnly, Consumer<Answer> answer) {
    if (epoch == 0) {
      return;
    }
    Submit submit = new Submit(request, validateOnly, NOBODY.getRef());
    waiting.add(submit);
    asked.put(submit, answer);
    decide();
  }

  void subscribe(long knownVersion, SimulatedNode subscriber) {
    if (epoch == 0) {
      return;
    }
    subscribers.add(subscriber);
    if (knownVersion < 0) {
      CatalogPages.of(state).forEach(page -> send(subscriber, () -> subscriber.receive(page)));
    } else {
      CatalogDelta still = new CatalogDelta(state.version(), List.of());
      send(subscriber, () -> subscriber.receive(still));
    }
  }

  private void send(SimulatedNode to, Runnable arrival) {
    world.network().send(to.place(), arrival);
  }

  private void decide() {
    if (writing || waiting.isEmpty()) {
      return;
    }
    RegistryBatch batch = RegistryBatch.take(state, logic, waiting);
    if (batch.changes().isEmpty()) {
      answer(batch, state.version());
    } else {
      write(batch);
    }
  }

  private void write(RegistryBatch batch) {
    RegistryEvent event = new RegistryEvent(batch.changes());
    RegistryState next = state.after(event);
    boolean early = world.mutant() == RegistryMutant.ANSWERED_BEFORE_WRITTEN;
    int claimed = epoch;
    writing = true;
    if (early) {
      answer(batch, next.version());
    }
    Consumer<Boolean> written =
        done -> {
          if (!done) {
            open();
            return;
          }
          writing = false;
          state = next;
          publish(event);
          if (!early) {
            answer(batch, next.version());
          }
          decide();
        };
    boolean believed = world.mutant() == RegistryMutant.UNKNOWN_WRITE_TAKEN_FOR_DONE;
    call(() -> world.ledger().write(claimed, event), written, () -> written.accept(believed));
  }

  private void publish(RegistryEvent event) {
    CatalogDelta delta = new CatalogDelta(state.version(), event.changes());
    subscribers.forEach(subscriber -> send(subscriber, () -> subscriber.receive(delta)));
    for (RegistryChange change : event.changes()) {
      if (change instanceof RegistryChange.TopicDeleted deleted) {
        RegistryState.Purge progress = state.deleting().get(deleted.id());
        if (progress != null) {
          purge(deleted.id(), progress);
        }
      }
    }
  }

  private void answer(RegistryBatch batch, long version) {
    batch
        .decided()
        .forEach(
            each -> {
              Consumer<Answer> answer = asked.remove(each.submit());
              if (answer != null) {
                answer.accept(Answer.of(each.decision(), version));
              }
            });
  }

  /** Removes logs of deleted topics, one after the other. */
  private void tick() {
    purges.take().ifPresent(this::remove);
    place.after(TICK, this::tick);
  }

  private void remove(PartitionId log) {
    PurgeQueue of = purges;
    Consumer<PartitionId> done =
        gone -> {
          if (purges == of) {
            int frontier = purges.done(gone);
            submit(new RegistryRequest.RecordPurge(gone.topicId(), frontier), false, unused -> {});
          }
        };
    if (world.mutant() == RegistryMutant.PURGES_RECORDED_TOO_EARLY) {
      done.accept(log);
      call(() -> removed(log), unused -> {}, () -> {});
    } else {
      call(() -> removed(log), done, () -> of.failed(log));
    }
  }

  private PartitionId removed(PartitionId log) {
    world.ledger().remove(log);
    return log;
  }

  /** Asks the store, which may do it and not be heard of. Nothing comes back after a new start. */
  private <T> void call(Supplier<T> work, Consumer<T> done, Runnable unknown) {
    AtomicBoolean over = new AtomicBoolean();
    int before = epoch;
    world
        .network()
        .send(
            world.store(),
            () -> {
              T result = work.get();
              world.network().send(place, () -> end(over, before, () -> done.accept(result)));
            });
    place.after(TIMEOUT, () -> end(over, before, unknown));
  }

  private void end(AtomicBoolean over, int before, Runnable action) {
    if (!over.getAndSet(true) && epoch == before) {
      action.run();
    }
  }
}
