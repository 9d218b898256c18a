package io.castalia.streams.processing.runtime;

import io.castalia.streams.processing.internal.SubTopology;
import io.castalia.streams.processing.runtime.ApplicationCommand.Ask;
import io.castalia.streams.processing.runtime.ApplicationCommand.AskStatus;
import io.castalia.streams.processing.runtime.ApplicationCommand.ListTasks;
import io.castalia.streams.processing.runtime.TaskCommand.GetStatus;
import io.castalia.streams.processing.runtime.TaskCommand.GetValues;
import io.castalia.streams.processing.runtime.TaskCommand.Wake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The tasks of a running application, wherever they are. */
final class ApplicationTasks {
  private final TaskResources resources;
  private final TaskRegion region;
  private final List<TaskId> ids = new ArrayList<>();

  ApplicationTasks(TaskResources resources, TaskRegion region) {
    this.resources = resources;
    this.region = region;
    for (SubTopology part : resources.parts()) {
      for (int partition = 0; partition < resources.tasksOf(part); partition++) {
        ids.add(new TaskId(part.index(), partition));
      }
    }
  }

  Behavior<ApplicationCommand> wake() {
    ids.forEach(task -> region.ref(task).tell(new Wake()));
    return Behaviors.same();
  }

  Behavior<ApplicationCommand> ask(Ask ask) {
    StoreQuestion question = ask.question();
    Optional<SubTopology> part =
        resources.parts().stream()
            .filter(each -> each.stores().containsKey(question.store()))
            .findFirst();
    if (part.isEmpty()) {
      ask.replyTo()
          .tell(
              new TaskReply.NotTold(
                  "expected a store of \"%s\", one of %s, but it was \"%s\""
                      .formatted(
                          resources.settings().applicationId(), storeNames(), question.store()),
                  false));
      return Behaviors.same();
    }
    SubTopology asked = part.get();
    int tasks = asked.isEverywhere(question.store()) ? 1 : resources.tasksOf(asked);
    int task = question.task(tasks);
    if (task >= tasks) {
      ask.replyTo().tell(new TaskReply.NoSuchTask());
    } else {
      region.ref(new TaskId(asked.index(), task)).tell(new GetValues(question, ask.replyTo()));
    }
    return Behaviors.same();
  }

  private List<String> storeNames() {
    return resources.parts().stream()
        .flatMap(part -> part.stores().keySet().stream())
        .sorted()
        .toList();
  }

  Behavior<ApplicationCommand> list(ListTasks list) {
    list.replyTo()
        .tell(new ApplicationReply.TasksListed(ids.stream().map(TaskId::toString).toList()));
    return Behaviors.same();
  }

  Behavior<ApplicationCommand> askStatus(AskStatus ask) {
    region.ref(TaskId.parse(ask.task())).tell(new GetStatus(ask.replyTo()));
    return Behaviors.same();
  }
}
