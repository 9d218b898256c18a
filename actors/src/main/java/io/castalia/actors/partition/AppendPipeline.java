package io.castalia.actors.partition;

import io.castalia.actors.partition.AppendDecision.Accepted;
import io.castalia.actors.partition.AppendDecision.Duplicate;
import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Appends between acceptance and answer: the group that is collected while a write is in flight,
 * and those who wait for an answer. The head of the log runs ahead of what is acknowledged, so that
 * sequences are judged by everything that is on its way.
 */
final class AppendPipeline {
  /** Most bytes of one group commit; a single append may be larger and is then written alone. */
  static final int MAX_GROUP_BYTES = 512 * 1024;

  private final long maxWaitingBytes;
  private final PartitionMeters meters;
  private final ArrayDeque<Accepted> waiting = new ArrayDeque<>();
  private final ArrayDeque<Unanswered> unanswered = new ArrayDeque<>();
  private long waitingBytes;
  private LogHead head;

  AppendPipeline(LogHead head, long maxWaitingBytes, PartitionMeters meters) {
    this.head = head;
    this.meters = meters;
    this.maxWaitingBytes = maxWaitingBytes;
  }

  /**
   * Who waits for an answer.
   *
   * @param since when it came, by {@link PartitionMeters#now}
   */
  private record Unanswered(
      long lastOffset, AppendResult result, ActorRef<AppendResult> replyTo, long since) {}

  /** The log as it will be when all that was accepted has been written. */
  LogHead head() {
    return head;
  }

  boolean hasRoomFor(int bytes) {
    return waiting.isEmpty() || waitingBytes + bytes <= maxWaitingBytes;
  }

  void add(Accepted append, ActorRef<AppendResult> replyTo) {
    head = head.after(append.entry());
    waiting.add(append);
    waitingBytes += append.payload().length();
    unanswered.add(
        new Unanswered(append.entry().lastPosition(), append.result(), replyTo, meters.now()));
  }

  void add(Duplicate repetition, ActorRef<AppendResult> replyTo) {
    unanswered.add(
        new Unanswered(repetition.lastOffset(), repetition.result(), replyTo, meters.now()));
  }

  void forget(Collection<Long> producerIds, long silentSince) {
    head = head.without(producerIds, silentSince);
  }

  /** Takes the next group out of those that wait. */
  Optional<EntryAppended> nextEntry() {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    List<Accepted> group = new ArrayList<>();
    long bytes = 0;
    while (!waiting.isEmpty()) {
      int next = waiting.element().payload().length();
      if (!group.isEmpty() && bytes + next > MAX_GROUP_BYTES) {
        break;
      }
      bytes += next;
      group.add(waiting.remove());
    }
    waitingBytes -= bytes;
    return Optional.of(EntryWriter.write(group));
  }

  /** Answers all whose records lie below the high watermark. */
  void acknowledge(long highWatermark) {
    unanswered.removeIf(
        append -> {
          boolean durable = append.lastOffset() < highWatermark;
          if (durable) {
            meters.acknowledged(append.since());
            append.replyTo().tell(append.result());
          }
          return durable;
        });
  }

  boolean isEmpty() {
    return unanswered.isEmpty();
  }

  /** Answers those whose records are in no write yet with an error, and forgets them. */
  void refuseQueued(Errors error, String message) {
    if (waiting.isEmpty()) {
      return;
    }
    long firstQueued = waiting.element().entry().firstPosition();
    AppendResult refusal = AppendResult.refused(error, message);
    unanswered.removeIf(
        append -> {
          boolean queued = append.lastOffset() >= firstQueued;
          if (queued) {
            append.replyTo().tell(refusal);
          }
          return queued;
        });
    waiting.clear();
    waitingBytes = 0;
  }

  /** Answers all with an error and forgets them. */
  void refuseAll(Errors error, String message) {
    AppendResult refusal = AppendResult.refused(error, message);
    unanswered.forEach(append -> append.replyTo().tell(refusal));
    unanswered.clear();
    waiting.clear();
    waitingBytes = 0;
  }
}
