package io.castalia.streams.processing.runtime;

import io.castalia.streams.processing.internal.Batch;
import io.castalia.streams.processing.internal.FailedRecordException;
import io.castalia.streams.processing.internal.InputBuffers;
import io.castalia.streams.processing.internal.PageGuess;
import io.castalia.streams.processing.internal.SourceRecord;
import io.castalia.streams.processing.internal.TaskMachine;
import io.castalia.streams.processing.internal.TaskState;
import io.castalia.streams.processing.internal.TopicUnavailableException;
import io.castalia.streams.processing.pages.PageUnavailableException;

/**
 * Makes batches of the records that a task has read ahead. Not thread-safe; belongs to one task.
 */
final class TaskBatches {
  /** A batch that waits for pages ends then, so that the task answers and its results come. */
  private static final long BATCH_MILLIS = 500;

  /** Pages are about so large; half of the cache may be read in advance. */
  private static final long PAGE_SHARE = 2 * 64 * 1024;

  private static final long MAX_AHEAD = 64;

  private final TaskResources resources;
  private final TaskMachine machine;
  private final InputBuffers inputs;
  private final PageCache pages;
  private final PageGuess guess;
  private final TaskTroubles troubles;

  TaskBatches(
      TaskId id,
      TaskResources resources,
      InputBuffers inputs,
      PageCache pages,
      TaskTroubles troubles) {
    this.resources = resources;
    this.machine = resources.machine(id, pages);
    this.inputs = inputs;
    this.pages = pages;
    this.guess = new PageGuess(resources.part(id), resources.settings().applicationId());
    this.troubles = troubles;
  }

  /**
   * As many records as make one event; those before one that fails are a batch, too.
   *
   * @param ticked whether the clock has moved since the last one
   */
  Batch next(TaskState state, boolean ticked) {
    Batch batch = machine.begin(state);
    ProcessingSettings.Limits limits = resources.settings().limits();
    long now = resources.clock().millis();
    int ahead = Math.toIntExact(Math.min(limits.stateCacheBytes() / PAGE_SHARE, MAX_AHEAD));
    pages.prefetch(guess.wanted(state, inputs.ahead(limits.batchRecords()), ahead));
    try {
      if (ticked && !batch.isUnfinished()) {
        machine.tick(batch, now);
      }
      while ((batch.isUnfinished() || inputs.peek().isPresent())
          && batch.records() < limits.batchRecords()
          && batch.bytes() < limits.batchBytes()
          && resources.clock().millis() - now < BATCH_MILLIS) {
        step(batch, now);
      }
    } catch (FailedRecordException | PageUnavailableException | TopicUnavailableException e) {
      troubles.recordFailed(String.valueOf(e.getMessage()), e);
    }
    return batch;
  }

  /** What follows of the last record's time comes before the next record. */
  private void step(Batch batch, long now) {
    if (batch.isUnfinished()) {
      machine.advance(batch, now);
    } else {
      SourceRecord next = inputs.peek().orElseThrow();
      machine.process(batch, next, now);
      inputs.remove(next);
    }
  }
}
