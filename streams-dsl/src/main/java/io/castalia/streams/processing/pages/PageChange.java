package io.castalia.streams.processing.pages;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * How a map's pages change when frozen changes have been worked into them.
 *
 * @param upTo the frozen changes before this key are in pages now; null: all of them
 * @param removed first keys of the places that are no longer there
 * @param added places that are there now
 */
public record PageChange(@Nullable Bytes upTo, List<Bytes> removed, List<PageRef> added) {
  public PageChange {
    removed = List.copyOf(removed);
    added = List.copyOf(added);
  }
}
