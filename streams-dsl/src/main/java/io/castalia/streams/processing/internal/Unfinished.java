package io.castalia.streams.processing.internal;

import org.apache.kafka.common.utils.Bytes;

/**
 * A move of time of which not all has been done that follows of it, as when it closes more windows
 * than fit a journal entry. No record is worked on before it is. What is done is in the state, so a
 * task that ends in the middle goes on there.
 *
 * @param byClock whether it is the clock that has moved, and not event time
 * @param from where that time was before, in milliseconds since the epoch
 * @param to where it is now
 * @param step the operator that is at it, by its name; those before it are done. Empty, or one that
 *     the topology no longer has, for the first one
 * @param at from where that operator goes on, in its own words; empty for its beginning
 */
public record Unfinished(boolean byClock, long from, long to, String step, Bytes at) {
  static final Bytes BEGINNING = Bytes.wrap(new byte[0]);

  static Unfinished ofClock(long from, long to) {
    return new Unfinished(true, from, to, "", BEGINNING);
  }

  static Unfinished ofEvents(long from, long to) {
    return new Unfinished(false, from, to, "", BEGINNING);
  }

  Unfinished at(String nextStep, Bytes next) {
    return new Unfinished(byClock, from, to, nextStep, next);
  }

  /** Whether a part of it is done. */
  boolean isBegun() {
    return !step.isEmpty();
  }
}
