package io.castalia.streams.processing.runtime;

import io.castalia.streams.processing.internal.Batch;
import io.castalia.streams.processing.internal.Deliveries;
import io.castalia.streams.processing.internal.InputBuffers;
import io.castalia.streams.processing.internal.InputPurge;
import io.castalia.streams.processing.internal.TaskEvent;
import io.castalia.streams.processing.internal.TaskEvent.Delivered;
import io.castalia.streams.processing.internal.TaskState;
import io.castalia.streams.processing.runtime.TaskCommand.Arrived;
import io.castalia.streams.processing.runtime.TaskCommand.GetValues;
import io.castalia.streams.processing.runtime.TaskCommand.NotArrived;
import io.castalia.streams.processing.runtime.TaskCommand.NotSent;
import io.castalia.streams.processing.runtime.TaskCommand.PagesDeleted;
import io.castalia.streams.processing.runtime.TaskCommand.PagesNotDeleted;
import io.castalia.streams.processing.runtime.TaskCommand.PagesNotWritten;
import io.castalia.streams.processing.runtime.TaskCommand.PagesWritten;
import io.castalia.streams.processing.runtime.TaskCommand.Persisted;
import io.castalia.streams.processing.runtime.TaskCommand.Sent;
import io.castalia.streams.processing.runtime.TaskStatus.Condition;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * A task at work. One batch of records at a time becomes one event; when that is durable its
 * outputs are published, while the next batch is worked on.
 */
final class RunningTask {
  private final TaskId id;
  private final TaskResources resources;
  private final ActorRef<TaskEvent> journal;
  private final InputBuffers inputs;
  private final TaskBatches batches;
  private final TaskCalls calls;
  private final TaskTroubles troubles;
  private final Deliveries deliveries = new Deliveries();
  private final InputPurge purge;
  private final PageCache pages;
  private final Pager pager;
  private TaskState state;
  private Map<TopicPartition, Integer> beingJournaled = Map.of();
  private @Nullable TaskEvent persisting;
  private boolean clockMoved;
  private boolean finishing;

  RunningTask(
      ActorContext<TaskCommand> context,
      TimerScheduler<TaskCommand> timers,
      TaskId id,
      TaskResources resources,
      ActorRef<TaskEvent> journal,
      TaskState state) {
    this.id = id;
    this.resources = resources;
    this.journal = journal;
    ProcessingSettings.Limits limits = resources.settings().limits();
    String application = resources.settings().applicationId();
    PageStore store = JournalPages.of(context.getSystem(), id.log(application));
    this.pages = new PageCache(store, limits.stateCacheBytes());
    this.inputs = new InputBuffers(state.offsets(), resources.globalTopics(id));
    this.calls = new TaskCalls(context, resources);
    this.troubles = new TaskTroubles(context, timers, id, resources.settings());
    this.batches = new TaskBatches(id, resources, inputs, pages, troubles);
    this.state = state;
    this.purge = new InputPurge(resources.ownInputs(id), limits.purgeRecords());
    this.pager =
        new Pager(
            context,
            context
                .getSystem()
                .dispatchers()
                .lookup(DispatcherSelector.fromConfig(TaskRegion.DISPATCHER)),
            new PageWork(store, pages),
            limits.stateChangesBytes(),
            state);
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
    if (persisting == null) {
      nextEvent().ifPresent(this::persist);
    }
    if (!finishing) {
      pager.work(state);
    }
  }

  private Optional<TaskEvent> nextEvent() {
    if (deliveries.isHeldUp() || (finishing && mayJournalDeliveries())) {
      return Optional.of(new Delivered(deliveries.delivered()));
    }
    if (finishing) {
      return pager.writtenEvent();
    }
    Optional<TaskEvent> paging = pager.nextEvent(state);
    if (paging.isPresent()) {
      return paging;
    }
    boolean ticked = clockMoved;
    clockMoved = false;
    if (!troubles.holdsRecords()
        && !deliveries.isCongested()
        && !pager.isFull(state)
        && !isStateFull()) {
      Batch batch = batches.next(state, ticked);
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
    persisting = event;
    if (event instanceof TaskEvent.Advanced advanced) {
      beingJournaled = advanced.delivered();
      troubles.tell(advanced.drops());
    } else if (event instanceof Delivered delivered) {
      beingJournaled = delivered.batches();
    } else {
      beingJournaled = Map.of();
    }
    journal.tell(event);
  }

  void persisted(Persisted done) {
    if (persisting != null) {
      pager.journaled(persisting);
    }
    persisting = null;
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
    return persisting == null
        && !pager.isBusy()
        && pager.writtenEvent().isEmpty()
        && !deliveries.isSending()
        && deliveries.delivered().isEmpty()
        && (state.outbox().waiting().isEmpty() || troubles.holdsCalls());
  }

  void pagesWritten(PagesWritten done) {
    pager.written(done);
    work();
  }

  void pagesNotWritten(PagesNotWritten failed) {
    pager.notWritten(failed);
  }

  void pagesDeleted(PagesDeleted done) {
    pager.deleted(done);
    work();
  }

  void pagesNotDeleted(PagesNotDeleted failed) {
    pager.notDeleted(failed);
  }

  void tick() {
    clockMoved = true;
    purge.due(state.offsets()).forEach(calls::delete);
    pager.tryAgain();
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
    ask.replyTo().tell(StoredValues.answer(resources.part(id), state, pages, ask));
  }
}
