package io.castalia.streams.connect;

import io.castalia.api.CastaliaClient;
import io.castalia.streams.Retry;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/** Makes the runs of one task: a source's all with the same ledger. */
final class TaskRuns {
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(45);

  private final ActorContext<TaskCommand> context;
  private final String id;
  private final PluginTable plugins;
  private final TaskDirectory tasks;
  private final LedgerPublisher publisher;
  private @Nullable ActorRef<LedgerCommand> ledger;

  TaskRuns(ActorContext<TaskCommand> context, String id, PluginTable plugins, TaskDirectory tasks) {
    this.context = context;
    this.id = id;
    this.plugins = plugins;
    this.tasks = tasks;
    ActorSystem<?> system = context.getSystem();
    this.publisher =
        new LedgerPublisher(
            CastaliaClient.create(system, REPLY_TIMEOUT), new Retry(system, DELIVERY_TIMEOUT));
  }

  /**
   * Starts a run; the one before must have ended.
   *
   * @throws RuntimeException if it cannot start, for which there may be reasons that pass
   */
  TaskRun start(TaskCommand.Run wanted) {
    TaskAssignment assignment = wanted.assignment();
    ConnectorConfig config = assignment.settings();
    TaskContext task =
        new TaskContext(
            context.getSystem(), config, assignment.task(), assignment.tasks(), new TaskRemark());
    ConnectorPlugin plugin = plugins.of(config);
    return plugin instanceof SourcePlugin source
        ? new SourceRun(source, task, ledger(wanted), publisher)
        : new SinkRun((SinkPlugin) plugin, task);
  }

  private TaskLedger ledger(TaskCommand.Run wanted) {
    ActorSystem<?> system = context.getSystem();
    TaskAssignment assignment = wanted.assignment();
    return new TaskLedger(
        system,
        ledger(),
        assignment.generation(),
        FellowTasks.of(system, tasks, assignment, wanted.everTasks()));
  }

  /** Tells another task how far this one has read, which can read nothing more behind that. */
  void handOver(TaskCommand.HandOver command) {
    handOver(context.getSystem(), ledger(), command);
  }

  static void handOver(
      ActorSystem<?> system, ActorRef<LedgerCommand> ledger, TaskCommand.HandOver command) {
    AskPattern.<LedgerCommand, LedgerReply>askWithStatus(
            ledger,
            replyTo -> new LedgerCommand.HandOver(command.generation(), replyTo),
            TaskLedger.TIMEOUT,
            system.scheduler())
        .<HandOverReply>handle(
            (reply, failure) ->
                failure == null
                    ? PlacePages.of(reply, command.after())
                    : new HandOverReply.NotHandedOver(TaskFailure.text(failure)))
        .thenAccept(command.replyTo()::tell);
  }

  private ActorRef<LedgerCommand> ledger() {
    if (ledger == null) {
      ledger = context.spawn(SourceLedger.create(id, publisher), "ledger");
    }
    return ledger;
  }
}
