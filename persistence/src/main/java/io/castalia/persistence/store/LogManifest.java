package io.castalia.persistence.store;

import java.util.List;
import java.util.UUID;

/**
 * Who owns a log and which segments it has: the linearizable record of a log, changed only by
 * compare-and-set on {@code nonce}.
 *
 * @param epoch grows with every change of owner
 * @param owner the writer that owns the last, open segment
 * @param nonce fresh in every change
 * @param deletedTo events up to this sequence number are deleted; 0 if none
 * @param segments ascending by number; only the last may be open
 */
public record LogManifest(
    int epoch, UUID owner, UUID nonce, long deletedTo, List<StoredSegment> segments) {
  public LogManifest {
    segments = List.copyOf(segments);
  }
}
