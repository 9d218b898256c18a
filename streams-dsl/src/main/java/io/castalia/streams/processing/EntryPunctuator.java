package io.castalia.streams.processing;

/** Called by time for each entry of a store; see {@link ProcessorContext#scheduleForEach}. */
@FunctionalInterface
public interface EntryPunctuator<K, V> {

  /**
   * Does what is due for an entry.
   *
   * @param timestamp the time that has come, in milliseconds since the epoch
   */
  void punctuate(K key, V value, long timestamp);
}
