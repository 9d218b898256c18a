package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.EndOfEpoch;
import io.castalia.persistence.Segment;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;

/** Answers from a partition's acknowledged state. */
final class PartitionQueries {
  private PartitionQueries() {}

  /**
   * @param offset the offset that is wanted, or -1 if none is
   * @param expectedLeaderEpoch the epoch that the client knows, or -1
   */
  static PartitionBounds bounds(
      PartitionState state, int leaderEpoch, long offset, int expectedLeaderEpoch) {
    Errors error = epochError(expectedLeaderEpoch, leaderEpoch);
    boolean outOfRange = offset >= 0 && (offset < state.logStart() || offset > state.logEnd());
    if (error == Errors.NONE && outOfRange) {
      error = Errors.OFFSET_OUT_OF_RANGE;
    }
    return new PartitionBounds(
        error,
        state.logStart(),
        state.logEnd(),
        state.lastStableOffset(),
        leaderEpoch,
        state.epochs().epochOf(state.logStart()),
        state.maxTimestamp());
  }

  static OffsetResult endOfEpoch(PartitionState state, int leaderEpoch, EndOfEpoch query) {
    Errors error = epochError(query.expectedLeaderEpoch(), leaderEpoch);
    if (error != Errors.NONE) {
      return OffsetResult.refused(error);
    }
    EpochStart end =
        state.epochs().with(leaderEpoch, state.logEnd()).endOf(query.leaderEpoch(), state.logEnd());
    return new OffsetResult(Errors.NONE, end.startOffset(), -1, end.epoch());
  }

  /** A segment that lies partly before the log start counts in full. */
  static PartitionDescription describe(
      PartitionState state, int leaderEpoch, List<Segment> segments) {
    long size = 0;
    for (Segment segment : segments) {
      if (segment.nextPosition() > state.logStart()) {
        size += segment.bytes();
      }
    }
    return new PartitionDescription(
        Errors.NONE, state.logStart(), state.logEnd(), leaderEpoch, size);
  }

  private static Errors epochError(int expected, int actual) {
    if (expected < 0 || expected == actual) {
      return Errors.NONE;
    }
    return expected < actual ? Errors.FENCED_LEADER_EPOCH : Errors.UNKNOWN_LEADER_EPOCH;
  }
}
