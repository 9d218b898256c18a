package io.castalia.persistence.store;

import java.util.concurrent.CompletionStage;

/** Where rows of a load go. */
public interface Rows {

  /**
   * Writes the next row of a log.
   *
   * @param index from 0
   * @return completes when the one after it may be written
   */
  CompletionStage<?> write(String log, int index);

  /**
   * Ends a log.
   *
   * @return completes when all of its rows may be relied upon
   */
  CompletionStage<?> end(String log);
}
