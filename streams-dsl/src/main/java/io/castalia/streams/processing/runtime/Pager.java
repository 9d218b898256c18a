package io.castalia.streams.processing.runtime;

import io.castalia.streams.Retry;
import io.castalia.streams.processing.internal.Paging.Unpaged;
import io.castalia.streams.processing.internal.TaskEvent;
import io.castalia.streams.processing.internal.TaskEvent.Paged;
import io.castalia.streams.processing.internal.TaskEvent.PagingBegan;
import io.castalia.streams.processing.internal.TaskState;
import io.castalia.streams.processing.runtime.TaskCommand.PagesDeleted;
import io.castalia.streams.processing.runtime.TaskCommand.PagesNotDeleted;
import io.castalia.streams.processing.runtime.TaskCommand.PagesNotWritten;
import io.castalia.streams.processing.runtime.TaskCommand.PagesWritten;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * Works a task's changes into pages while the task goes on: freezes them when they are many, has
 * one portion after the other written, and what is superseded deleted when that is journaled.
 */
final class Pager {
  private final ActorContext<TaskCommand> context;
  private final Executor executor;
  private final PageWork work;
  private final long maxBytes;
  private @Nullable Paged written;
  private int deleted;
  private boolean writing;
  private boolean deleting;
  private boolean pausing;

  /** What a former owner has begun is not gone on with, as that may still be at it. */
  private boolean mustBegin;

  /**
   * Begins with a recovered state.
   *
   * @param executor for what blocks
   * @param maxBytes of changes that are not in pages
   */
  Pager(
      ActorContext<TaskCommand> context,
      Executor executor,
      PageWork work,
      long maxBytes,
      TaskState state) {
    this.context = context;
    this.executor = executor;
    this.work = work;
    this.maxBytes = maxBytes;
    this.mustBegin = state.unpaged().isPresent();
  }

  /** That pages have been written, as it is to be journaled. */
  Optional<TaskEvent> writtenEvent() {
    return written == null
        ? Optional.empty()
        : Optional.of(new Paged(written.store(), written.ofTimes(), written.change(), deleted));
  }

  /** What is to be journaled now. */
  Optional<TaskEvent> nextEvent(TaskState state) {
    if (written != null) {
      return writtenEvent();
    }
    return mustBegin || (isFull(state) && state.unpaged().isEmpty())
        ? Optional.of(new PagingBegan(deleted))
        : Optional.empty();
  }

  /** Whether there are so many changes in memory that no more should come. */
  boolean isFull(TaskState state) {
    return state.activeBytes() >= maxBytes;
  }

  /** Whether pages are being written or deleted. */
  boolean isBusy() {
    return writing || deleting;
  }

  /** An event is journaled. */
  void journaled(TaskEvent event) {
    if (event instanceof Paged paged) {
      written = null;
      deleted -= paged.deleted();
    } else if (event instanceof PagingBegan began) {
      mustBegin = false;
      deleted -= began.deleted();
    }
  }

  /** Does what can be done now. */
  void work(TaskState state) {
    Optional<Unpaged> unpaged = state.unpaged();
    if (unpaged.isPresent() && !mustBegin && !writing && !pausing && written == null) {
      writing = true;
      long first = state.paging().nextPage();
      context.pipeToSelf(
          CompletableFuture.supplyAsync(() -> work.write(unpaged.get(), first), executor),
          (paged, failure) ->
              failure == null
                  ? new PagesWritten(paged)
                  : new PagesNotWritten(Retry.rootOf(failure)));
    }
    List<Long> superseded = state.paging().superseded();
    if (!deleting && !pausing && superseded.size() > deleted) {
      deleting = true;
      List<Long> more = superseded.subList(deleted, superseded.size());
      context.pipeToSelf(
          CompletableFuture.supplyAsync(() -> work.delete(more), executor),
          (count, failure) ->
              failure == null
                  ? new PagesDeleted(count)
                  : new PagesNotDeleted(Retry.rootOf(failure)));
    }
  }

  void written(PagesWritten done) {
    writing = false;
    written = done.paged();
  }

  /**
   * The same is tried again, with the same outcome as far as it was written.
   *
   * @throws LostPageException if that is of no use
   */
  void notWritten(PagesNotWritten failed) {
    writing = false;
    pausing = true;
    if (failed.failure() instanceof LostPageException lost) {
      throw lost;
    }
    context.getLog().warn("Changes of the state stay in memory for now", failed.failure());
  }

  void deleted(PagesDeleted done) {
    deleting = false;
    deleted += done.count();
  }

  /** Nothing depends on it. */
  void notDeleted(PagesNotDeleted failed) {
    deleting = false;
    pausing = true;
    context.getLog().warn("Pages that are superseded stay for now", failed.failure());
  }

  /** The pause after a failure is over. */
  void tryAgain() {
    pausing = false;
  }
}
