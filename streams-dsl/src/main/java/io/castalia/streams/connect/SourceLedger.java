package io.castalia.streams.connect;

import io.castalia.streams.connect.LedgerCommand.Allocated;
import io.castalia.streams.connect.LedgerCommand.Close;
import io.castalia.streams.connect.LedgerCommand.Enter;
import io.castalia.streams.connect.LedgerCommand.HandOver;
import io.castalia.streams.connect.LedgerCommand.OfGeneration;
import io.castalia.streams.connect.LedgerCommand.Open;
import io.castalia.streams.connect.LedgerCommand.Overdue;
import io.castalia.streams.connect.LedgerCommand.Published;
import io.castalia.streams.connect.LedgerCommand.Send;
import io.castalia.streams.connect.LedgerCommand.Settle;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/**
 * Publishes what a source's task reads, exactly once: a batch is journaled with the positions
 * behind it, then published with sequence numbers that the journal gives, and after a crash
 * published again with the same ones, which appends it at most once. Another node that still
 * believes to have the task cannot journal a next batch, and repeats at most the same one. A run of
 * an earlier generation of the connector cannot, either, once another task of a later one has asked
 * what was read here.
 */
final class SourceLedger extends EventSourcedBehavior<LedgerCommand, LedgerEvent, LedgerState> {
  private static final int SNAPSHOT_EVERY_EVENTS = 200;
  private static final int KEEP_SNAPSHOTS = 2;

  private static final Duration MIN_BACKOFF = Duration.ofMillis(200);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);
  private static final double BACKOFF_SPREAD = 0.2;

  /** Before {@link FellowTasks} take the task for one that does not answer. */
  private static final Duration HAND_OVER_WITHIN = Duration.ofSeconds(1);

  /** Long before partitions forget the producer, so that no old batch is sent again. */
  private static final Duration SETTLE_AFTER = Duration.ofSeconds(2);

  private final ActorContext<LedgerCommand> context;
  private final TimerScheduler<LedgerCommand> timers;
  private final LedgerPublisher publisher;

  private SourceLedger(
      ActorContext<LedgerCommand> context,
      TimerScheduler<LedgerCommand> timers,
      String id,
      LedgerPublisher publisher) {
    super(
        PersistenceId.of("connector-task", id),
        SupervisorStrategy.restartWithBackoff(MIN_BACKOFF, MAX_BACKOFF, BACKOFF_SPREAD));
    this.context = context;
    this.timers = timers;
    this.publisher = publisher;
  }

  /**
   * A ledger.
   *
   * @param id the task's, the same wherever it runs
   */
  static Behavior<LedgerCommand> create(String id, LedgerPublisher publisher) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new SourceLedger(context, timers, id, publisher)));
  }

  @Override
  public LedgerState emptyState() {
    return LedgerState.EMPTY;
  }

  @Override
  public EventHandler<LedgerState, LedgerEvent> eventHandler() {
    return LedgerState::after;
  }

  @Override
  public CommandHandler<LedgerCommand, LedgerEvent, LedgerState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Open.class, this::enter)
        .onCommand(HandOver.class, this::enter)
        .onCommand(Allocated.class, this::identify)
        .onCommand(Send.class, this::send)
        .onCommand(Published.class, this::answer)
        .onCommand(Overdue.class, this::answerUnpublished)
        .onCommand(Settle.class, (state, settle) -> settle(state))
        .onCommand(Close.class, close -> Effect().stop())
        .build();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY_EVENTS, KEEP_SNAPSHOTS)
        .withDeleteEventsOnSnapshot();
  }

  private Effect<LedgerEvent, LedgerState> refuse(LedgerState state, OfGeneration command) {
    command
        .replyTo()
        .tell(
            StatusReply.error(
                "expected a task of generation %d of the connector or a later one, but it was of %d"
                    .formatted(state.generation(), command.generation())));
    return Effect().none();
  }

  private Effect<LedgerEvent, LedgerState> enter(LedgerState state, Enter command) {
    if (state.isClosedTo(command)) {
      return refuse(state, command);
    }
    if (command.generation() == state.generation()) {
      open(state, command);
      return Effect().none();
    }
    return Effect()
        .persist(new LedgerEvent.Entered(command.generation()))
        .thenRun((LedgerState entered) -> open(entered, command));
  }

  private void open(LedgerState state, Enter command) {
    if (command instanceof Open && state.producerId() < 0) {
      context.pipeToSelf(
          publisher.allocate(),
          (id, failure) -> new Allocated(id == null ? -1 : id, failure, command.replyTo()));
    } else {
      publish(state, command);
    }
  }

  private Effect<LedgerEvent, LedgerState> identify(LedgerState state, Allocated allocated) {
    if (allocated.failure() != null) {
      allocated.replyTo().tell(StatusReply.error(allocated.failure()));
      return Effect().none();
    }
    return Effect()
        .persist(new LedgerEvent.Identified(allocated.producerId()))
        .thenReply(
            allocated.replyTo(),
            identified -> StatusReply.success(LedgerReply.published(identified)));
  }

  private Effect<LedgerEvent, LedgerState> send(LedgerState state, Send send) {
    if (state.isClosedTo(send)) {
      return refuse(state, send);
    }
    timers.cancel(Settle.class);
    return Effect()
        .persist(new LedgerEvent.Sending(send.batch()))
        .thenRun((LedgerState sending) -> publish(sending, send));
  }

  private void publish(LedgerState state, OfGeneration asker) {
    long event = lastSequenceNumber(context);
    state
        .unsettled()
        .ifPresentOrElse(
            batch -> {
              context.pipeToSelf(
                  publisher.publish(state, batch),
                  (done, failure) -> new Published(event, failure, asker));
              if (asker instanceof HandOver handOver) {
                context.scheduleOnce(HAND_OVER_WITHIN, context.getSelf(), new Overdue(handOver));
              }
            },
            () -> asker.replyTo().tell(StatusReply.success(LedgerReply.published(state))));
  }

  private Effect<LedgerEvent, LedgerState> answer(LedgerState state, Published published) {
    OfGeneration asker = published.asker();
    if (published.failure() != null) {
      asker.replyTo().tell(unpublished(state, asker, published.failure()));
      return Effect().none();
    }
    // Another task may have had an earlier batch published again meanwhile: that settles none.
    if (published.event() == lastSequenceNumber(context)) {
      timers.startSingleTimer(Settle.class, new Settle(), SETTLE_AFTER);
    }
    asker.replyTo().tell(StatusReply.success(LedgerReply.published(state)));
    return Effect().none();
  }

  /** Only the ledger's own task can do nothing then. */
  private static StatusReply<LedgerReply> unpublished(
      LedgerState state, OfGeneration asker, Throwable failure) {
    return asker instanceof HandOver
        ? StatusReply.success(new LedgerReply(state, TaskFailure.text(failure)))
        : StatusReply.error(failure);
  }

  /** The answer that comes when it is published, or is not, is one too many. */
  private Effect<LedgerEvent, LedgerState> answerUnpublished(LedgerState state, Overdue overdue) {
    overdue
        .asker()
        .replyTo()
        .tell(StatusReply.success(new LedgerReply(state, "its topic does not take it, so far")));
    return Effect().none();
  }

  private Effect<LedgerEvent, LedgerState> settle(LedgerState state) {
    return state.unsettled().isPresent()
        ? Effect().persist(new LedgerEvent.Sent())
        : Effect().none();
  }
}
