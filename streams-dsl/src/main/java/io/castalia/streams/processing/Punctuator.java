package io.castalia.streams.processing;

/** Called by time; see {@link ProcessorContext#schedule}. */
@FunctionalInterface
public interface Punctuator {

  /** Does what is due at this time, in milliseconds since the epoch. */
  void punctuate(long timestamp);
}
