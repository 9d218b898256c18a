package io.castalia.actors.topic;

import io.castalia.actors.fence.ConfirmedReads;
import io.castalia.actors.fence.ConfirmedReads.Refusal;
import io.castalia.actors.fence.Fencing;
import io.castalia.actors.message.Intake;
import io.castalia.actors.topic.DirectoryCommand.CatalogDelta;
import io.castalia.actors.topic.RegistryBatch.Decided;
import io.castalia.actors.topic.RegistryCommand.Answer;
import io.castalia.actors.topic.RegistryCommand.Flush;
import io.castalia.actors.topic.RegistryCommand.LogLost;
import io.castalia.actors.topic.RegistryCommand.Submit;
import io.castalia.actors.topic.RegistryCommand.Subscribe;
import io.castalia.actors.topic.RegistryCommand.Unsubscribe;
import io.castalia.persistence.FencedException;
import io.castalia.persistence.OwnedLogs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * The registry of topics: a cluster singleton. Requests that arrive while a write is in flight are
 * collected and written as one event; each event is also what the nodes' directories receive. What
 * needs no write, refusals for the most part, is answered when the registry is known to have been
 * this node's a short while ago.
 *
 * <p>How they are collected: requests are taken in whatever the registry is doing, and the first
 * sends a {@link Flush}, which the journal lets through when the write is done.
 */
final class TopicRegistry
    extends EventSourcedBehaviorWithEnforcedReplies<RegistryCommand, RegistryEvent, RegistryState> {
  static final PersistenceId PERSISTENCE_ID = PersistenceId.ofUniqueId("topic-registry");

  private static final int SNAPSHOT_EVERY_EVENTS = 200;
  private static final int KEEP_SNAPSHOTS = 2;

  private final ActorContext<RegistryCommand> context;
  private final RegistrySettings settings;
  private final OwnedLogs logs;
  private final PartitionPurge purge;
  private final RegistryLogic logic;
  private final Queue<Submit> waiting = new ArrayDeque<>();
  private final Set<ActorRef<DirectoryCommand>> subscribers = new HashSet<>();
  private List<Decided> inFlight = List.of();
  private ActorRef<PurgeCommand> purger;

  /** Those in the epoch of the last recovery. */
  private @Nullable ConfirmedReads reads;

  private TopicRegistry(
      ActorContext<RegistryCommand> context,
      PartitionPurge purge,
      OwnedLogs logs,
      RegistrySettings settings) {
    super(
        PERSISTENCE_ID,
        SupervisorStrategy.restartWithBackoff(
            settings.minBackoff(), settings.maxBackoff(), RegistrySettings.BACKOFF_SPREAD));
    this.context = context;
    this.settings = settings;
    this.logs = logs;
    this.purge = purge;
    this.logic = new RegistryLogic(settings.brokerConfigs(), Uuid::randomUuid);
    this.purger = context.getSystem().ignoreRef();
  }

  static Behavior<RegistryCommand> create(
      PartitionPurge purge, OwnedLogs logs, RegistrySettings settings) {
    return Fencing.watch(
        Behaviors.setup(context -> new TopicRegistry(context, purge, logs, settings).withIntake()));
  }

  private Behavior<RegistryCommand> withIntake() {
    return Intake.before(this, RegistryCommand.class, Submit.class, this::collect);
  }

  @Override
  public RegistryState emptyState() {
    return RegistryState.EMPTY;
  }

  @Override
  public EventHandler<RegistryState, RegistryEvent> eventHandler() {
    return RegistryState::after;
  }

  @Override
  public CommandHandlerWithReply<RegistryCommand, RegistryEvent, RegistryState> commandHandler() {
    return newCommandHandlerWithReplyBuilder()
        .forAnyState()
        .onCommand(Flush.class, (state, flush) -> write(state))
        .onCommand(LogLost.class, (state, lost) -> logLost())
        .onCommand(Subscribe.class, this::subscribe)
        .onCommand(Unsubscribe.class, (state, gone) -> unsubscribe(gone))
        .build();
  }

  @Override
  public SignalHandler<RegistryState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::start)
        .onSignal(JournalPersistFailed.class, (state, failed) -> abandon())
        .onSignal(PreRestart.instance(), state -> abandon())
        .onSignal(PostStop.instance(), state -> abandon())
        .build();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY_EVENTS, KEEP_SNAPSHOTS);
  }

  @Override
  public String journalPluginId() {
    return settings.journalPlugin();
  }

  @Override
  public String snapshotPluginId() {
    return settings.snapshotPlugin();
  }

  private void start(RegistryState state) {
    String log = PERSISTENCE_ID.id();
    reads = new ConfirmedReads(log, logs.epoch(log), logs, settings.maxReadLag());
    purger = context.spawnAnonymous(PurgeActor.create(purge, context.getSelf(), settings));
    state.deleting().forEach(this::startPurge);
    submit(new RegistryRequest.NameCluster(Uuid.randomUuid().toString()));
  }

  private void submit(RegistryRequest request) {
    context.getSelf().tell(new Submit(request, false, context.getSystem().ignoreRef()));
  }

  /** No request goes further than to the queue. */
  private boolean collect(Submit submit) {
    if (waiting.size() >= RegistryLimits.MAX_WAITING) {
      submit.replyTo().tell(retriable("The topic registry is overloaded."));
      return false;
    }
    if (waiting.isEmpty()) {
      context.getSelf().tell(new Flush());
    }
    waiting.add(submit);
    return false;
  }

  private ReplyEffect<RegistryEvent, RegistryState> write(RegistryState state) {
    RegistryBatch batch = RegistryBatch.take(state, logic, waiting);
    if (!waiting.isEmpty()) {
      context.getSelf().tell(new Flush());
    }
    if (batch.changes().isEmpty()) {
      answerUnwritten(batch.decided(), state.version());
      return Effect().noReply();
    }
    inFlight = batch.decided();
    return Effect()
        .persist(new RegistryEvent(batch.changes()))
        .thenRun((RegistryState next) -> publish(next, batch.changes()))
        .thenRun(this::answer)
        .thenNoReply();
  }

  private void publish(RegistryState state, List<RegistryChange> changes) {
    CatalogDelta delta = new CatalogDelta(state.version(), changes);
    subscribers.forEach(subscriber -> subscriber.tell(delta));
    for (RegistryChange change : changes) {
      if (change instanceof RegistryChange.TopicDeleted deleted) {
        Optional.ofNullable(state.deleting().get(deleted.id()))
            .ifPresent(partitions -> startPurge(deleted.id(), partitions));
      }
    }
  }

  private void answer(RegistryState state) {
    List<Decided> answered = inFlight;
    inFlight = List.of();
    answer(answered, state.version());
  }

  private static void answer(List<Decided> decided, long version) {
    for (Decided each : decided) {
      each.submit().replyTo().tell(Answer.of(each.decision(), version));
    }
  }

  /** The state that these were decided by may be older than that of another registry by now. */
  private void answerUnwritten(List<Decided> decided, long version) {
    ActorRef<RegistryCommand> self = context.getSelf();
    Objects.requireNonNull(reads, "expected to have recovered before answering")
        .answer(
            () -> answer(decided, version),
            refusal -> {
              Answer answer = retriable("Which topic registry is the current one is not known.");
              decided.forEach(each -> each.submit().replyTo().tell(answer));
              if (refusal == Refusal.LOST) {
                self.tell(new LogLost());
              }
            });
  }

  /** As when a write is refused. */
  private ReplyEffect<RegistryEvent, RegistryState> logLost() {
    throw new FencedException("the log of the topic registry has another owner");
  }

  private void startPurge(Uuid id, RegistryState.Purge progress) {
    purger.tell(new PurgeCommand.Purge(id, progress.next(), progress.partitions()));
  }

  private ReplyEffect<RegistryEvent, RegistryState> subscribe(
      RegistryState state, Subscribe subscribe) {
    ActorRef<DirectoryCommand> subscriber = subscribe.subscriber();
    if (subscribers.add(subscriber)) {
      context.watchWith(subscriber, new Unsubscribe(subscriber));
    }
    if (subscribe.knownVersion() < 0) {
      CatalogPages.of(state).forEach(subscriber::tell);
    } else {
      subscriber.tell(new CatalogDelta(state.version(), List.of()));
    }
    return Effect().noReply();
  }

  private ReplyEffect<RegistryEvent, RegistryState> unsubscribe(Unsubscribe gone) {
    subscribers.remove(gone.subscriber());
    return Effect().noReply();
  }

  /** The outcome of what was in flight is unknown, and the rest will not be decided about. */
  private void abandon() {
    List<Submit> lost = new ArrayList<>(waiting);
    inFlight.forEach(each -> lost.add(each.submit()));
    waiting.clear();
    inFlight = List.of();
    Answer answer = retriable("The topic registry could not write the change; it may be retried.");
    lost.forEach(submit -> submit.replyTo().tell(answer));
  }

  private static Answer retriable(String message) {
    return Answer.refused(Errors.REQUEST_TIMED_OUT, message);
  }
}
