package io.castalia.persistence.read;

/** The rows of a segment are gone: retention or a deletion dropped it while it was read. */
final class SegmentDroppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SegmentDroppedException(String log, long segment) {
    super("expected rows in segment " + segment + " of \"" + log + "\", but they are gone");
  }
}
