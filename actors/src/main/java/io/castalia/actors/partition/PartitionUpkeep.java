package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.DeleteRecords;
import io.castalia.actors.partition.PartitionEvent.LogStartMoved;
import io.castalia.actors.partition.PartitionEvent.ProducersExpired;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/**
 * What is written in a partition's log beside records: where it starts, as clients ask or as
 * records expire, and which producers are forgotten.
 */
final class PartitionUpkeep {
  private final PartitionId id;
  private final PartitionResources resources;
  private final TopicView topic;
  private final int leaderEpoch;
  private final ArrayDeque<PartitionEvent> events = new ArrayDeque<>();
  private final List<Deletion> deletions = new ArrayList<>();

  private record Deletion(long offset, DeleteRecords request) {}

  PartitionUpkeep(PartitionId id, PartitionResources resources, TopicView topic, int leaderEpoch) {
    this.id = id;
    this.resources = resources;
    this.topic = topic;
    this.leaderEpoch = leaderEpoch;
  }

  /** The next event to write, if there is one. */
  Optional<PartitionEvent> next() {
    return Optional.ofNullable(events.poll());
  }

  /**
   * Answers at once, or when the log starts there.
   *
   * @param state which is acknowledged
   */
  void deleteRecords(DeleteRecords request, PartitionState state) {
    long offset = request.offset() == -1 ? state.logEnd() : request.offset();
    if (topic.settings().filter(settings -> !settings.delete()).isPresent()) {
      request.refuse(Errors.POLICY_VIOLATION, "the topic's cleanup.policy does not delete");
    } else if (offset < 0 || offset > state.logEnd()) {
      request.refuse(Errors.OFFSET_OUT_OF_RANGE, "the offset lies beyond the high watermark");
    } else if (offset <= state.logStart()) {
      answer(request, state);
    } else {
      deletions.add(new Deletion(offset, request));
      events.add(new LogStartMoved(offset));
    }
  }

  /**
   * Lets go of what has expired.
   *
   * @param state which is acknowledged
   * @param pipeline which forgets the producers at once
   */
  void checkRetention(PartitionState state, AppendPipeline pipeline) {
    long now = resources.clock().millis();
    topic
        .settings()
        .ifPresent(
            settings ->
                Retention.newLogStart(state, resources.logs().segments(id.log()), settings, now)
                    .ifPresent(offset -> events.add(new LogStartMoved(offset))));
    long silentSince = now - resources.settings().producerIdExpiration().toMillis();
    List<Long> expired = pipeline.head().producers().silentSince(silentSince);
    if (!expired.isEmpty()) {
      pipeline.forget(expired, silentSince);
      events.add(new ProducersExpired(expired, silentSince));
    }
  }

  /** Answers those who wait for the log to start where it does now. */
  void acknowledge(PartitionState state) {
    deletions.removeIf(
        deletion -> {
          boolean done = deletion.offset() <= state.logStart();
          if (done) {
            answer(deletion.request(), state);
          }
          return done;
        });
  }

  private void answer(DeleteRecords request, PartitionState state) {
    request.replyTo().tell(new OffsetResult(Errors.NONE, state.logStart(), -1, leaderEpoch));
  }

  /** Nothing of it is written any more. */
  void refuse(Errors error, String message) {
    events.clear();
    deletions.forEach(deletion -> deletion.request().refuse(error, message));
    deletions.clear();
  }
}
