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
}
