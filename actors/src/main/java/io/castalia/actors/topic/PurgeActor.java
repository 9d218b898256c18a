package io.castalia.actors.topic;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.topic.RegistryCommand.Submit;
import io.castalia.actors.topic.RegistryRequest.RecordPurge;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Removes the logs of deleted topics, a few at a time, and has the registry record how far it came.
 * After a failure it pauses, longer each time, and goes on until every log is gone.
 */
final class PurgeActor extends AbstractBehavior<PurgeCommand> {
  /** Partitions of one topic between two records of progress; what a restart repeats at most. */
  private static final int RECORD_EVERY = 100;

  private final PartitionPurge purge;
  private final ActorRef<RegistryCommand> registry;
  private final RegistrySettings settings;
  private final TimerScheduler<PurgeCommand> timers;
  private final PurgeQueue queue = new PurgeQueue();
  private final Map<Uuid, Integer> recorded = new HashMap<>();
  private int inFlight;
  private boolean paused;
  private Duration pause;

  private PurgeActor(
      ActorContext<PurgeCommand> context,
      TimerScheduler<PurgeCommand> timers,
      PartitionPurge purge,
      ActorRef<RegistryCommand> registry,
      RegistrySettings settings) {
    super(context);
    this.timers = timers;
    this.purge = purge;
    this.registry = registry;
    this.settings = settings;
    this.pause = settings.minBackoff();
  }

  static Behavior<PurgeCommand> create(
      PartitionPurge purge, ActorRef<RegistryCommand> registry, RegistrySettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new PurgeActor(context, timers, purge, registry, settings)));
  }

  @Override
  public Receive<PurgeCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(PurgeCommand.Purge.class, this::add)
        .onMessage(PurgeCommand.Attempted.class, this::attempted)
        .onMessage(PurgeCommand.Resume.class, resume -> resume())
        .build();
  }

  private Behavior<PurgeCommand> add(PurgeCommand.Purge topic) {
    queue.add(topic.topicId(), topic.next(), topic.partitions());
    return fill();
  }

  private Behavior<PurgeCommand> attempted(PurgeCommand.Attempted attempt) {
    inFlight--;
    if (attempt.failure().isEmpty()) {
      pause = settings.minBackoff();
      record(attempt.partition().topicId(), queue.done(attempt.partition()));
    } else {
      queue.failed(attempt.partition());
      pause(attempt);
    }
    return fill();
  }

  private Behavior<PurgeCommand> resume() {
    paused = false;
    return fill();
  }

  private Behavior<PurgeCommand> fill() {
    while (!paused && inFlight < settings.purgeParallelism()) {
      Optional<PartitionId> next = queue.take();
      if (next.isEmpty()) {
        break;
      }
      inFlight++;
      getContext()
          .pipeToSelf(
              drop(next.get()),
              (error, failure) -> new PurgeCommand.Attempted(next.get(), describe(error, failure)));
    }
    return this;
  }

  private CompletionStage<Errors> drop(PartitionId partition) {
    try {
      return purge.drop(partition);
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private void record(Uuid topicId, int frontier) {
    boolean finished = queue.finished(topicId);
    if (finished || frontier - recorded.getOrDefault(topicId, 0) >= RECORD_EVERY) {
      recorded.put(topicId, frontier);
      registry.tell(
          new Submit(
              new RecordPurge(topicId, frontier), false, getContext().getSystem().ignoreRef()));
    }
    if (finished) {
      recorded.remove(topicId);
    }
  }

  private void pause(PurgeCommand.Attempted attempt) {
    if (paused) {
      return;
    }
    getContext()
        .getLog()
        .warn(
            "Could not remove the log of partition {} of a deleted topic ({}); next try in {} ms",
            attempt.partition().entityId(),
            attempt.failure(),
            pause.toMillis());
    paused = true;
    timers.startSingleTimer(new PurgeCommand.Resume(), pause);
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(settings.maxBackoff()) < 0 ? longer : settings.maxBackoff();
  }

  private static String describe(@Nullable Errors error, @Nullable Throwable failure) {
    if (failure != null) {
      return failure.toString();
    }
    return error == Errors.NONE ? "" : String.valueOf(error);
  }
}
