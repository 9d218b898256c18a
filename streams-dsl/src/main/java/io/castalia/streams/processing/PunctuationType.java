package io.castalia.streams.processing;

/** Which time calls a {@link Punctuator}. */
public enum PunctuationType {
  /** The highest event time that the task has seen: it stands still when no records come. */
  STREAM_TIME,
  /** The clock of the task's node, of which a task looks about once a second. */
  WALL_CLOCK_TIME
}
