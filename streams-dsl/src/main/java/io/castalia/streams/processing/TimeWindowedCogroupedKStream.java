package io.castalia.streams.processing;

import io.castalia.streams.processing.Cogrouped.Addition;
import java.util.function.Supplier;

/** As {@link CogroupedKStream}, by key and by windows; what is late is dropped, and counted. */
public final class TimeWindowedCogroupedKStream<K, A> {
  private final TimeWindowedKStream<K, Addition<K, ?, A>> windowed;

  TimeWindowedCogroupedKStream(TimeWindowedKStream<K, Addition<K, ?, A>> windowed) {
    this.windowed = windowed;
  }

  /** An aggregate for each key and window, of what it is so far and the next value. */
  public KTable<Windowed<K>, A> aggregate(Supplier<A> initializer, Materialized<K, A> as) {
    return windowed.aggregate(initializer, CogroupedKStream.adding(), as);
  }
}
