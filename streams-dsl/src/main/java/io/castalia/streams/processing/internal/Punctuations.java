package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.PunctuationType;
import io.castalia.streams.processing.Punctuator;
import java.util.ArrayList;
import java.util.List;

/**
 * The punctuations of a processor. They are due when time passes a multiple of their interval, so
 * that a task that has moved goes on where it was and nothing of them need be stored.
 */
final class Punctuations {
  private final List<Schedule> schedules = new ArrayList<>();

  private record Schedule(long intervalMs, PunctuationType type, Punctuator punctuator) {
    boolean isDue(long last, long now) {
      return Math.floorDiv(now, intervalMs) > Math.floorDiv(last, intervalMs);
    }
  }

  void add(long intervalMs, PunctuationType type, Punctuator punctuator) {
    schedules.add(new Schedule(intervalMs, type, punctuator));
  }

  /** The first record begins event time and passes nothing. */
  void byEventTime(long last, long now) {
    if (last != TaskState.NO_TIME && now > last) {
      run(PunctuationType.STREAM_TIME, last, now);
    }
  }

  /** Gives back whether any was made. */
  boolean byClock(long last, long now) {
    return run(PunctuationType.WALL_CLOCK_TIME, last, now);
  }

  private boolean run(PunctuationType type, long last, long now) {
    boolean any = false;
    for (Schedule schedule : schedules) {
      if (schedule.type() == type && schedule.isDue(last, now)) {
        schedule.punctuator().punctuate(now);
        any = true;
      }
    }
    return any;
  }
}
