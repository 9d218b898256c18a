package io.castalia.streams.connect;

import io.castalia.api.CastaliaClient;
import io.castalia.streams.Retry;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/** Makes the runs of one task: a source's all with the same ledger. */
final class TaskRuns {
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(45);

  private final ActorContext<TaskCommand> context;
  private final String id;
  private final PluginTable plugins;
  private final LedgerPublisher publisher;
  private @Nullable ActorRef<LedgerCommand> ledger;

  TaskRuns(ActorContext<TaskCommand> context, String id, PluginTable plugins) {
    this.context = context;
    this.id = id;
    this.plugins = plugins;
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
  TaskRun start(TaskAssignment assignment) {
    ConnectorConfig config = assignment.settings();
    TaskContext task =
        new TaskContext(context.getSystem(), config, assignment.task(), assignment.tasks());
    ConnectorPlugin plugin = plugins.of(config);
    return plugin instanceof SourcePlugin source
        ? new SourceRun(source, task, ledger(), publisher)
        : new SinkRun((SinkPlugin) plugin, task);
  }

  private ActorRef<LedgerCommand> ledger() {
    if (ledger == null) {
      ledger = context.spawn(SourceLedger.create(id, publisher), "ledger");
    }
    return ledger;
  }
}
