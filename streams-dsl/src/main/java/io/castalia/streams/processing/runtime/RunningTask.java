package io.castalia.streams.processing.runtime;

import io.castalia.streams.processing.internal.Batch;
import io.castalia.streams.processing.internal.Deliveries;
import io.castalia.streams.processing.internal.FailedRecordException;
import io.castalia.streams.processing.internal.InputBuffers;
import io.castalia.streams.processing.internal.InputPurge;
import io.castalia.streams.processing.internal.SourceRecord;
import io.castalia.streams.processing.internal.TaskEvent;
import io.castalia.streams.processing.internal.TaskEvent.Delivered;
import io.castalia.streams.processing.internal.TaskMachine;
import io.castalia.streams.processing.internal.TaskState;
import io.castalia.streams.processing.runtime.TaskCommand.Arrived;
import io.castalia.streams.processing.runtime.TaskCommand.GetValues;
import io.castalia.streams.processing.runtime.TaskCommand.NotArrived;
import io.castalia.streams.processing.runtime.TaskCommand.NotSent;
import io.castalia.streams.processing.runtime.TaskCommand.Persisted;
import io.castalia.streams.processing.runtime.TaskCommand.Sent;
import io.castalia.streams.processing.runtime.TaskJournal.Persist;
import io.castalia.streams.processing.runtime.TaskStatus.Condition;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * A task at work. One batch of records at a time becomes one event; when that is durable its
 * outputs are published, while the next batch is worked on.
 */
final class RunningTask {
  private final TaskId id;
  private final TaskResources resources;
  private final ActorRef<Persist> journal;
  private final TaskMachine machine;
  private final InputBuffers inputs;
  private final TaskCalls calls;
  private final TaskTroubles troubles;
  private final Deliveries deliveries = new Deliveries();
  private final InputPurge purge;
  private TaskState state;
  private Map<TopicPartition, Integer> beingJournaled = Map.of();
  private boolean persisting;
  private boolean clockMoved;
  private boolean finishing;

  RunningTask(
      ActorContext<TaskCommand> context,
      TimerScheduler<TaskCommand> timers,
      TaskId id,
      TaskResources resources,
      ActorRef<Persist> journal,
      TaskState state) {
    this.id = id;
    this.resources = resources;
    this.journal = journal;
    this.machine = resources.machine(id);
    this.inputs = new InputBuffers(state.offsets(), resources.globalTopics(id));
    this.calls = new TaskCalls(context, resources);
    this.troubles = new TaskTroubles(context, timers, id, resources.settings());
    this.state = state;
    this.purge =
        new InputPurge(resources.ownInputs(id), resources.settings().limits().purgeRecords());
    deliveries.journaled(state.outbox(), Map.of());
  }

  /** Does all that can be done now. */
  void work() {
    if (!troubles.holdsCalls()) {
      if (!finishing) {
        inputs.toFetch().forEach(calls::fetch);
      }
      deliveries.toSend().forEach(batch -> calls.send(batch, state.producerId()));
    }
    if (!persisting) {
      nextEvent().ifPresent(this::persist);
    }
  }

  private Optional<TaskEvent> nextEvent() {
    if (deliveries.isHeldUp() || (finishing && mayJournalDeliveries())) {
      return Optional.of(new Delivered(deliveries.delivered()));
    }
    if (finishing) {
      return Optional.empty();
    }
    boolean ticked = clockMoved;
    clockMoved = false;
    if (!troubles.holdsRecords() && !deliveries.isCongested() && !isStateFull()) {
      Batch batch = batch(ticked);
      if (!batch.isEmpty()) {
        return Optional.of(batch.toEvent(deliveries.delivered()));
      }
    }
    return ticked && !deliveries.delivered().isEmpty()
        ? Optional.of(new Delivered(deliveries.delivered()))
        : Optional.empty();
  }

  private boolean mayJournalDeliveries() {
    return !deliveries.isSending() && !deliveries.delivered().isEmpty();
  }

  /** As many records as make one event; those before one that fails are a batch, too. */
  private Batch batch(boolean ticked) {
    Batch batch = machine.begin(state);
    ProcessingSettings.Limits limits = resources.settings().limits();
    long now = resources.clock().millis();
    try {
      if (ticked) {
        machine.tick(batch, now);
      }
      Optional<SourceRecord> next = inputs.peek();
      while (next.isPresent()
          && batch.records() < limits.batchRecords()
          && batch.bytes() < limits.batchBytes()) {
        machine.process(batch, next.get(), now);
        inputs.remove(next.get());
        next = inputs.peek();
      }
    } catch (FailedRecordException e) {
      troubles.recordFailed(String.valueOf(e.getMessage()), e);
    }
    return batch;
  }

  /** Then the task stops, before its node runs out of memory. */
  private boolean isStateFull() {
    long most = resources.settings().limits().maxStateBytes();
    if (state.storedBytes() <= most) {
      return false;
    }
    String what =
        "expected no more than castalia.processing.max-state-size, %d bytes, in the stores of a"
                .formatted(most)
            + " task, but it has %d: have more partitions, or keep less"
                .formatted(state.storedBytes());
    troubles.recordFailed(what, new IllegalStateException(what));
    return true;
  }

  private void persist(TaskEvent event) {
    persisting = true;
    if (event instanceof TaskEvent.Advanced advanced) {
      beingJournaled = advanced.delivered();
      troubles.tell(advanced.drops());
    } else {
      beingJournaled = deliveries.delivered();
    }
    journal.tell(new Persist(event));
  }

  void persisted(Persisted done) {
    persisting = false;
    boolean moved = done.state().records() > state.records();
    state = done.state();
    deliveries.journaled(state.outbox(), beingJournaled);
    if (moved) {
      troubles.recordsPass();
    }
    work();
  }

  void arrived(Arrived arrived) {
    inputs.fetched(
        arrived.partition(),
        arrived.fetched().records(),
        arrived.fetched().nextOffset(),
        arrived.fetched().highWatermark());
    troubles.callsPass();
    work();
  }

  void notArrived(NotArrived failed) {
    inputs.notFetched(failed.partition());
    troubles.callFailed("cannot read " + failed.partition(), failed.failure());
  }

  void sent(Sent sent) {
    deliveries.sent(sent.partition());
    troubles.callsPass();
    work();
  }

  void notSent(NotSent failed) {
    deliveries.notSent(failed.partition());
    troubles.callFailed("cannot publish to " + failed.partition(), failed.failure());
    if (finishing) {
      work();
    }
  }

  /** Takes no more records. */
  void finish() {
    finishing = true;
    work();
  }

  /**
   * Whether all that was done is journaled, and published as far as that can be: what a broker does
   * not take now is published when the task goes on.
   */
  boolean isFinished() {
    return !persisting
        && !deliveries.isSending()
        && deliveries.delivered().isEmpty()
        && (state.outbox().waiting().isEmpty() || troubles.holdsCalls());
  }

  void tick() {
    clockMoved = true;
    purge.due(state.offsets()).forEach(calls::delete);
    work();
  }

  void tryAgain() {
    troubles.release();
    work();
  }

  TaskReply status() {
    Condition condition = troubles.message().isEmpty() ? Condition.RUNNING : Condition.FAILING;
    return new TaskReply.StatusTold(Statuses.of(id, condition, troubles.message(), state));
  }

  void values(GetValues ask) {
    ask.replyTo().tell(StoredValues.answer(resources.part(id), state, ask));
  }
}
