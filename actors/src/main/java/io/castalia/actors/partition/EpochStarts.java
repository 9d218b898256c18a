package io.castalia.actors.partition;

import java.util.ArrayList;
import java.util.List;

/**
 * The leader epochs of a log in ascending order, each with its first offset: what
 * OffsetForLeaderEpoch is answered from.
 *
 * @param starts ascending by epoch and by offset
 */
record EpochStarts(List<EpochStart> starts) {
  static final EpochStarts NONE = new EpochStarts(List.of());

  EpochStarts {
    starts = List.copyOf(starts);
  }

  /** Notes that records from {@code offset} on are of {@code epoch}; no change if it is known. */
  EpochStarts with(int epoch, long offset) {
    if (!starts.isEmpty() && starts.get(starts.size() - 1).epoch() >= epoch) {
      return this;
    }
    List<EpochStart> longer = new ArrayList<>(starts);
    longer.add(new EpochStart(epoch, offset));
    return new EpochStarts(longer);
  }

  /** Forgets what lies before {@code logStart}; the epoch that spans it then starts there. */
  EpochStarts from(long logStart) {
    int spanning = -1;
    for (int i = 0; i < starts.size() && starts.get(i).startOffset() <= logStart; i++) {
      spanning = i;
    }
    if (spanning < 0) {
      return this;
    }
    List<EpochStart> kept = new ArrayList<>(starts.subList(spanning, starts.size()));
    kept.set(0, new EpochStart(kept.get(0).epoch(), logStart));
    return new EpochStarts(kept);
  }

  /** The epoch of the record at {@code offset}, or -1 if it is not known. */
  int epochOf(long offset) {
    int epoch = -1;
    for (EpochStart start : starts) {
      if (start.startOffset() <= offset) {
        epoch = start.epoch();
      }
    }
    return epoch;
  }

  /**
   * The largest epoch not greater than {@code epoch}, with the offset at which the next one starts.
   *
   * @param logEnd where the last epoch ends
   * @return epoch and end offset; both -1 when {@code epoch} lies beyond the last
   */
  EpochStart endOf(int epoch, long logEnd) {
    int floor = -1;
    for (EpochStart start : starts) {
      if (start.epoch() > epoch) {
        return new EpochStart(floor < 0 ? epoch : floor, start.startOffset());
      }
      floor = start.epoch();
    }
    return floor == epoch && epoch >= 0 ? new EpochStart(epoch, logEnd) : new EpochStart(-1, -1);
  }
}
