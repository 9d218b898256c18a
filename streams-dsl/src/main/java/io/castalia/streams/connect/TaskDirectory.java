package io.castalia.streams.connect;

import org.apache.pekko.actor.typed.RecipientRef;

/** Where tasks are reached, wherever they run. */
interface TaskDirectory {

  /**
   * A task.
   *
   * @param connector its name
   * @param task the task's number, from 0
   */
  RecipientRef<TaskCommand> of(String connector, int task);
}
