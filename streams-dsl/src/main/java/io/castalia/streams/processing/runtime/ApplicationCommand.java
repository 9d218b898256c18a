package io.castalia.streams.processing.runtime;

import java.util.Optional;
import java.util.Set;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.pattern.StatusReply;

/** Messages to an application on a node. Any node that runs it answers for all its tasks. */
sealed interface ApplicationCommand {

  /** Under this key the receptionist lists the nodes that run an application. */
  static ServiceKey<ApplicationCommand> key(String applicationId) {
    return ServiceKey.create(ApplicationCommand.class, "castalia-processing-" + applicationId);
  }

  /** Under this key it lists those that have run an application, and have been told to stop it. */
  static ServiceKey<ApplicationCommand> stoppedKey(String applicationId) {
    return ServiceKey.create(
        ApplicationCommand.class, "castalia-processing-stopped-" + applicationId);
  }

  /** From other nodes. */
  sealed interface Remote extends ApplicationCommand, TaskMessage {}

  /** Asks for values, of the task that has them; answered with a {@link TaskReply}. */
  record Ask(StoreQuestion question, ActorRef<TaskReply> replyTo) implements Remote {}

  /**
   * Asks which tasks there are; answered with {@link ApplicationReply.TasksListed}, or with {@link
   * ApplicationReply.NotRunning}.
   */
  record ListTasks(ActorRef<ApplicationReply> replyTo) implements Remote {}

  /** Asks how a task is; answered with a {@link TaskReply}. */
  record AskStatus(String task, ActorRef<TaskReply> replyTo) implements Remote {}

  /** Stops the application on this node; answered with {@link ApplicationReply.Halted}. */
  record Halt(ActorRef<ApplicationReply> replyTo) implements Remote {}

  /** Runs the application on this node, which must have been stopped if it has run before. */
  record Run(TaskResources resources, ApplicationTopics topics, ActorRef<StatusReply<Done>> replyTo)
      implements ApplicationCommand {}

  /** A task has begun on this node, on what was known of its topics. */
  record TaskBegan(ActorRef<TaskCommand> task, TopicCounts topics) implements ApplicationCommand {}

  /** A task has ended on this node. */
  record TaskEnded(ActorRef<TaskCommand> task) implements ApplicationCommand {}

  /** These nodes run the application. */
  record MembersFound(Set<Address> members) implements ApplicationCommand {
    public MembersFound {
      members = Set.copyOf(members);
    }
  }

  /** Time to wake the tasks. */
  record WakeAll() implements ApplicationCommand {}

  /** Time to look whether topics have grown. */
  record LookAtTopics() implements ApplicationCommand {}

  /**
   * Someone has looked.
   *
   * @param since for the tasks that ran with these
   * @param found nothing if they could not be asked for
   */
  record TopicsSeen(TaskResources since, Optional<TopicCounts> found)
      implements ApplicationCommand {}
}
