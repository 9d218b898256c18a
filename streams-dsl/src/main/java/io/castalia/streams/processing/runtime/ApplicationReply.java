package io.castalia.streams.processing.runtime;

import java.util.List;

/** Replies of an application. */
sealed interface ApplicationReply extends TaskMessage {

  /** All tasks. */
  record TasksListed(List<String> tasks) implements ApplicationReply {
    public TasksListed {
      tasks = List.copyOf(tasks);
    }
  }

  /** The application has been stopped on the node that was asked: another one may run it. */
  record NotRunning() implements ApplicationReply {}

  /** The application has stopped on the node that was asked to do that. */
  record Halted() implements ApplicationReply {}
}
