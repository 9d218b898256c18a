package io.castalia.streams.processing.internal;

/** Whose values a join does not need for a result. */
public enum JoinKind {
  INNER,
  /** Those of the right side. */
  LEFT,
  /** Those of either side. */
  OUTER
}
