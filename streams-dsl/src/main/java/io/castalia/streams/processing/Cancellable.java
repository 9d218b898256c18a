package io.castalia.streams.processing;

/** Ends a schedule; see {@link ProcessorContext#schedule}. */
@FunctionalInterface
public interface Cancellable {

  /**
   * Has no more punctuations made of the schedule. That is not taken back if the record fails in
   * whose course it is called, and ends with the task: the next one schedules what its {@code init}
   * does.
   */
  void cancel();
}
