package io.castalia.streams.connect;

import org.apache.pekko.actor.typed.RecipientRef;

/** Where tasks are reached, wherever they run. */
interface TaskDirectory {
  RecipientRef<TaskCommand> of(TaskAssignment assignment);
}
