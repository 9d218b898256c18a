package io.castalia.streams.processing.pages;

import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The keys that have their place in one page.
 *
 * @param first the least of them
 * @param ref the page; null if there is none for them yet
 * @param next the least key behind them; null if there is none
 */
record KeyRange(Bytes first, @Nullable PageRef ref, @Nullable Bytes next) {
  boolean contains(Bytes key) {
    return key.compareTo(first) >= 0 && (next == null || key.compareTo(next) < 0);
  }
}
