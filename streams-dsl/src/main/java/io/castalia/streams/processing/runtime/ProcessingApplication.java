package io.castalia.streams.processing.runtime;

import io.castalia.api.CastaliaClient;
import io.castalia.streams.Retry;
import io.castalia.streams.processing.Topology;
import io.castalia.streams.processing.TopologyException;
import io.castalia.streams.processing.internal.SubTopology;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/**
 * Runs a topology in a cluster. Every member (of the settings' role) starts it; its tasks, one for
 * each partition of its input topics, are spread over them, and move when members come and go. What
 * a task does of its input is in its results exactly once, whatever crashes. An application is
 * started once in an actor system, and ends with it.
 */
public final class ProcessingApplication {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ProcessingClient client;
  private final CompletionStage<Done> ready;

  private ProcessingApplication(ProcessingClient client, CompletionStage<Done> ready) {
    this.client = client;
    this.ready = ready;
  }

  /**
   * Starts a topology on this member.
   *
   * @param system a member of the cluster, with a broker within reach and Castalia's journal
   */
  public static ProcessingApplication start(
      ActorSystem<?> system, Topology topology, ProcessingSettings settings) {
    Duration timeout = settings.limits().callTimeout();
    CastaliaClient brokers = CastaliaClient.create(system, timeout);
    List<SubTopology> parts = topology.graph().subTopologies();
    ApplicationTopics topics = new ApplicationTopics(brokers, topology.graph(), settings);
    CompletionStage<Done> ready =
        new Retry(system, PATIENCE)
            .call(topics::prepare)
            .thenApply(
                counts -> {
                  run(
                      system,
                      new TaskResources(settings, parts, counts, brokers, Clock.systemUTC()));
                  return Done.getInstance();
                });
    return new ProcessingApplication(
        ProcessingClient.create(system, settings.applicationId(), timeout), ready);
  }

  private static void run(ActorSystem<?> system, TaskResources resources) {
    system.systemActorOf(
        ApplicationActor.create(resources),
        "processing-" + resources.settings().applicationId(),
        Props.empty());
  }

  /**
   * Completes when the tasks have been started. Fails with a {@link TopologyException} if topics
   * are missing or do not fit, and with a {@link RetriableException} if brokers cannot be reached
   * for a minute; nothing runs on this member then.
   */
  public CompletionStage<Done> ready() {
    return ready;
  }

  /** Asks the application: for values in its stores, and how its tasks are. */
  public ProcessingClient client() {
    return client;
  }
}
