package io.castalia.actors.partition;

import io.castalia.actors.fence.ConfirmedReads;
import io.castalia.actors.fence.ConfirmedReads.Refusal;
import io.castalia.actors.partition.AppendDecision.Accepted;
import io.castalia.actors.partition.AppendDecision.Duplicate;
import io.castalia.actors.partition.AppendDecision.Refused;
import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Await;
import io.castalia.actors.partition.PartitionCommand.DeleteRecords;
import io.castalia.actors.partition.PartitionCommand.Describe;
import io.castalia.actors.partition.PartitionCommand.EndOfEpoch;
import io.castalia.actors.partition.PartitionCommand.Locate;
import io.castalia.actors.partition.PartitionCommand.LogLost;
import io.castalia.actors.partition.PartitionCommand.NotVerified;
import io.castalia.actors.partition.PartitionCommand.Persisted;
import io.castalia.actors.partition.PartitionCommand.Recovered;
import io.castalia.actors.partition.PartitionCommand.Verified;
import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import io.castalia.actors.topic.TopicSettings;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A partition while its owner has its log open: answers from the acknowledged state, and keeps one
 * write in flight as long as there is something to write. While one is written, the one before may
 * wait to be verified.
 */
final class OwnedPartition {
  /** Of a partition whose store writes and does not answer; it should not run far ahead. */
  private static final int MAX_UNVERIFIED = 4;

  private final PartitionId id;
  private final PartitionResources resources;
  private final TopicView topic;
  private final ActorRef<PartitionEvent> journal;
  private final int leaderEpoch;
  private final AppendPipeline pipeline;
  private final ConfirmedReads reads;
  private final OpenLog readers;
  private final LateStarts lateStarts = new LateStarts();
  private final PartitionUpkeep upkeep;
  private final ArrayDeque<Unverified> unverified = new ArrayDeque<>();
  private final Consumer<PartitionCommand> self;
  private @Nullable PartitionEvent inFlight;

  /** An event that is durable, and the state with it, which nobody has been told of. */
  private record Unverified(PartitionEvent event, PartitionState state) {
    /** The very state: two may be equal. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(Verified verified) {
      return state == verified.state();
    }
  }

  OwnedPartition(
      PartitionId id,
      PartitionResources resources,
      ActorRef<PartitionEvent> journal,
      Recovered log,
      Consumer<PartitionCommand> self) {
    this.id = id;
    this.resources = resources;
    this.topic = new TopicView(id.topicId(), resources.catalog());
    this.journal = journal;
    this.leaderEpoch = log.leaderEpoch();
    this.upkeep = new PartitionUpkeep(id, resources, topic, leaderEpoch);
    this.self = self;
    this.reads =
        new ConfirmedReads(
            id.log(), log.leaderEpoch(), resources.logs(), resources.settings().maxReadLag());
    this.readers =
        new OpenLog(log.leaderEpoch(), log.state(), reads, resources.clock(), this::readWasRefused);
    this.pipeline =
        new AppendPipeline(
            LogHead.of(log.state()), resources.settings().maxWaitingBytes(), resources.meters());
    resources.epochs().learn(id, log.leaderEpoch());
    resources.openLogs().add(id, readers);
  }

  ActorRef<PartitionEvent> journal() {
    return journal;
  }

  void append(Append request) {
    Optional<TopicSettings> settings = topic.settings();
    if (settings.isEmpty()) {
      request.refuse(Errors.UNKNOWN_TOPIC_OR_PARTITION, "the topic has been deleted");
      return;
    }
    if (resources.space().isShort()) {
      request.refuse(Errors.KAFKA_STORAGE_ERROR, "the store has no room for records now");
      return;
    }
    if (!pipeline.hasRoomFor(request.batches().length())) {
      request.refuse(Errors.REQUEST_TIMED_OUT, "too much is waiting to be written");
      return;
    }
    AppendDecision decision =
        AppendLogic.decide(
            pipeline.head(),
            request.batches(),
            new AppendContext(
                settings.get(), leaderEpoch, acknowledged().logStart(), now(), lateStarts));
    if (decision instanceof Refused refused) {
      request.replyTo().tell(refused.result());
    } else if (decision instanceof Duplicate repetition) {
      pipeline.add(repetition, request.replyTo());
      pipeline.acknowledge(acknowledged().logEnd());
    } else {
      pipeline.add((Accepted) decision, request.replyTo());
      writeNext();
    }
  }

  void locate(Locate query) {
    var unused =
        readers
            .locate(query.offset(), query.expectedLeaderEpoch())
            .thenAccept(bounds -> query.replyTo().tell(bounds));
  }

  void await(Await request) {
    readers.await(request.wish(), () -> request.replyTo().tell(RecordsArrived.INSTANCE));
  }

  void endOfEpoch(EndOfEpoch query) {
    OffsetResult end = PartitionQueries.endOfEpoch(acknowledged(), leaderEpoch, query);
    reads.answer(
        () -> query.replyTo().tell(end),
        refusal -> {
          readWasRefused(refusal);
          query.refuse(OpenLog.errorOf(refusal), "");
        });
  }

  private void readWasRefused(Refusal refusal) {
    if (refusal == Refusal.LOST) {
      self.accept(new LogLost());
    }
  }

  private PartitionState acknowledged() {
    return readers.acknowledged();
  }

  void describe(Describe query) {
    query
        .replyTo()
        .tell(
            PartitionQueries.describe(
                acknowledged(), leaderEpoch, resources.logs().segments(id.log())));
  }

  void deleteRecords(DeleteRecords request) {
    upkeep.deleteRecords(request, acknowledged());
    writeNext();
  }

  /** Lets go of what has expired. */
  void checkRetention() {
    upkeep.checkRetention(acknowledged(), pipeline);
    writeNext();
  }

  void persistedAndNext(Persisted written) {
    persisted(written);
    writeNext();
  }

  /** The write in flight is durable. */
  void persisted(Persisted written) {
    PartitionEvent event = inFlight;
    if (event == null) {
      throw new IllegalStateException("expected a write in flight, but there is none");
    }
    inFlight = null;
    PartitionState state = written.state();
    unverified.add(new Unverified(event, state));
    resources
        .logs()
        .verified(id.log(), leaderEpoch)
        .whenComplete(
            (done, failure) ->
                self.accept(failure == null ? new Verified(state) : new NotVerified(failure)));
  }

  void verifiedAndNext(Verified verified) {
    verified(verified);
    writeNext();
  }

  /**
   * Of a write that has been acknowledged with a later one, or was of another time, nothing comes.
   */
  void verified(Verified verified) {
    if (unverified.stream().anyMatch(each -> each.isOf(verified))) {
      Unverified next;
      do {
        next = unverified.remove();
        acknowledge(next);
      } while (!next.isOf(verified));
    }
  }

  private void acknowledge(Unverified first) {
    PartitionState state = first.state();
    long deleted = state.logStart() - acknowledged().logStart();
    readers.acknowledge(state);
    if (first.event() instanceof EntryAppended entry) {
      resources.meters().appended(entry);
      readers.committed(entry.firstPosition(), entry.bulk().length());
    }
    if (deleted > 0) {
      resources.meters().deleted(deleted);
    }
    pipeline.acknowledge(state.logEnd());
    upkeep.acknowledge(state);
  }

  /** Begins the next write if there is one to begin. */
  void writeNext() {
    if (inFlight != null || unverified.size() >= MAX_UNVERIFIED) {
      return;
    }
    PartitionEvent next = upkeep.next().or(pipeline::nextEntry).orElse(null);
    if (next != null) {
      inFlight = next;
      journal.tell(next);
    }
  }

  boolean isWriting() {
    return inFlight != null || !unverified.isEmpty();
  }

  boolean isIdle() {
    return !isWriting() && pipeline.isEmpty() && readers.isUnread();
  }

  /** Answers all who wait for a write that has not begun, and those who wait for records. */
  void refuseWaiting(Errors error, String message) {
    pipeline.refuseQueued(error, message);
    refuseUpkeep(error, message);
  }

  /** Answers all who wait for anything. */
  void refuseAll(Errors error, String message) {
    pipeline.refuseAll(error, message);
    refuseUpkeep(error, message);
  }

  private void refuseUpkeep(Errors error, String message) {
    upkeep.refuse(error, message);
    resources.openLogs().close(id, readers);
  }

  private long now() {
    return resources.clock().millis();
  }
}
