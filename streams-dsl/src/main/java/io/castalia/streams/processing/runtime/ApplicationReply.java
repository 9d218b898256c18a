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

  /** The application has stopped on the node that was asked. */
  record Halted() implements ApplicationReply {}
}
