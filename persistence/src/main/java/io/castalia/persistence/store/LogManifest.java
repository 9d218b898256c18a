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

  /** The segments that hold what the log still has; the last one is always among them. */
  public List<StoredSegment> kept() {
    return segments.stream().filter(each -> !isDropped(each)).toList();
  }

  /**
   * The segments of which nothing is left in the log. They are named until their rows are gone, so
   * that whoever owns the log can remove what an earlier owner did not get to.
   */
  public List<StoredSegment> dropped() {
    return segments.stream().filter(this::isDropped).toList();
  }

  private boolean isDropped(StoredSegment segment) {
    boolean last = segment.equals(segments.get(segments.size() - 1));
    return segment.sealed() && segment.lastSequence() <= deletedTo && !last;
  }
}
