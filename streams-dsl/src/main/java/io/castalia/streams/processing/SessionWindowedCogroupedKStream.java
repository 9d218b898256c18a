package io.castalia.streams.processing;

import io.castalia.streams.processing.Cogrouped.Addition;
import java.util.function.Supplier;

/** As {@link CogroupedKStream}, by key and by sessions; what is late is dropped, and counted. */
public final class SessionWindowedCogroupedKStream<K, A> {
  private final SessionWindowedKStream<K, Addition<K, ?, A>> windowed;

  SessionWindowedCogroupedKStream(SessionWindowedKStream<K, Addition<K, ?, A>> windowed) {
    this.windowed = windowed;
  }

  /**
   * An aggregate for each session, of what it is so far and the next value of any of the streams.
   *
   * @param merger makes one aggregate of those of two sessions
   */
  public KTable<Windowed<K>, A> aggregate(
      Supplier<A> initializer, Merger<K, A> merger, Materialized<K, A> as) {
    return windowed.aggregate(initializer, CogroupedKStream.adding(), merger, as);
  }
}
