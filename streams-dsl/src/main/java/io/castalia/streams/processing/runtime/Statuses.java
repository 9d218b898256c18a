package io.castalia.streams.processing.runtime;

import io.castalia.streams.processing.internal.TaskState;
import io.castalia.streams.processing.runtime.TaskStatus.Condition;

/** Tells how tasks are. */
final class Statuses {
  private Statuses() {}

  static TaskStatus of(TaskId id, Condition condition, String message, TaskState state) {
    return new TaskStatus(
        id,
        condition,
        message,
        state.offsets(),
        state.watermark(),
        state.records(),
        state.drops(),
        state.storedBytes());
  }
}
