package io.castalia.actors.partition;

import io.castalia.actors.topic.TopicSettings;
import io.castalia.persistence.Segment;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which records are kept, by Kafka's rules: whole segments go, oldest first, while their newest
 * record is older than {@code retention.ms}, or while the log without them still has {@code
 * retention.bytes}. Records without timestamps do not expire by time.
 */
final class Retention {
  private Retention() {}

  /**
   * Where the log start shall be moved to.
   *
   * @param segments ascending; only the last may be open
   * @param now milliseconds since the epoch
   * @return empty if nothing is to be done; the current log start if only space below it is left to
   *     be given back
   */
  static OptionalLong newLogStart(
      PartitionState state, List<Segment> segments, TopicSettings settings, long now) {
    long logStart = state.logStart();
    if (settings.delete()) {
      logStart = Math.max(logStart, expired(state, segments, settings.retentionMs(), now));
      logStart = Math.max(logStart, surplus(state, segments, settings.retentionBytes()));
    }
    boolean reclaimable = !segments.isEmpty() && droppable(segments.get(0), logStart);
    return logStart > state.logStart() || reclaimable
        ? OptionalLong.of(logStart)
        : OptionalLong.empty();
  }

  private static boolean droppable(Segment segment, long logStart) {
    return segment.sealed() && segment.nextPosition() <= logStart;
  }

  /** The open segment expires too: its space is given back once it is sealed. */
  private static long expired(
      PartitionState state, List<Segment> segments, long retentionMs, long now) {
    long start = -1;
    if (retentionMs < 0) {
      return start;
    }
    for (Segment segment : segments) {
      boolean empty = segment.nextPosition() <= segment.firstPosition();
      boolean old = segment.maxTimestamp() >= 0 && now - segment.maxTimestamp() > retentionMs;
      if (!old && !empty && segment.nextPosition() > state.logStart()) {
        return start;
      }
      start = Math.min(segment.nextPosition(), state.logEnd());
    }
    return start;
  }

  private static long surplus(PartitionState state, List<Segment> segments, long retentionBytes) {
    long start = -1;
    if (retentionBytes < 0) {
      return start;
    }
    long size = 0;
    for (Segment segment : segments) {
      size += segment.nextPosition() > state.logStart() ? segment.bytes() : 0;
    }
    for (Segment segment : segments) {
      if (segment.nextPosition() <= state.logStart()) {
        continue;
      }
      if (!segment.sealed() || size - segment.bytes() < retentionBytes) {
        return start;
      }
      size -= segment.bytes();
      start = segment.nextPosition();
    }
    return start;
  }
}
