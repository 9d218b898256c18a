package io.castalia.streams.processing.runtime;

import io.castalia.api.CastaliaClient;
import io.castalia.streams.Retry;
import io.castalia.streams.processing.Topology;
import io.castalia.streams.processing.TopologyException;
import io.castalia.streams.processing.internal.SubTopology;
import io.castalia.streams.processing.runtime.ApplicationCommand.Halt;
import io.castalia.streams.processing.runtime.ApplicationCommand.Run;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * Runs a topology in a cluster. Every member (of the settings' role) starts it; its tasks, one for
 * each partition of its input topics, are spread over them, and move when members come and go. What
 * a task does of its input is in its results exactly once, whatever crashes. An application that
 * was stopped goes on where it was when it is started again.
 */
public final class ProcessingApplication {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ProcessingClient client;
  private final CompletionStage<Done> ready;
  private final Supplier<CompletionStage<Done>> halt;

  private ProcessingApplication(
      ProcessingClient client, CompletionStage<Done> ready, Supplier<CompletionStage<Done>> halt) {
    this.client = client;
    this.ready = ready;
    this.halt = halt;
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
            .thenCompose(
                counts ->
                    started(system, topics)
                        .thenApply(
                            record ->
                                new TaskResources(
                                    settings, parts, counts, record, brokers, Clock.systemUTC())))
            .thenCompose(resources -> run(system, topics, resources));
    return new ProcessingApplication(
        ProcessingClient.create(system, settings.applicationId(), timeout),
        ready,
        () -> halt(system, Applications.get(system).of(settings)));
  }

  private static CompletionStage<ApplicationRecord> started(
      ActorSystem<?> system, ApplicationTopics topics) {
    return ApplicationJournal.change(
        system, topics.settings().applicationId(), known -> known.started(topics.described()));
  }

  private static CompletionStage<Done> run(
      ActorSystem<?> system, ApplicationTopics topics, TaskResources resources) {
    return AskPattern.askWithStatus(
        Applications.get(system).of(resources.settings()),
        replyTo -> new Run(resources, topics, replyTo),
        PATIENCE,
        system.scheduler());
  }

  /** Longer than a task needs for what it has begun: an entry, and a call to a broker. */
  static CompletionStage<Done> halt(ActorSystem<?> system, ActorRef<ApplicationCommand> member) {
    CompletionStage<ApplicationReply> halted =
        AskPattern.ask(member, Halt::new, PATIENCE, system.scheduler());
    return halted.thenApply(reply -> Done.getInstance());
  }

  /**
   * Completes when the tasks have been started. Fails with a {@link TopologyException} if topics
   * are missing or do not fit, and with a {@link RetriableException} if brokers cannot be reached
   * for a minute; nothing runs on this member then. Fails with an {@link IllegalStateException} if
   * the application runs in this actor system already.
   */
  public CompletionStage<Done> ready() {
    return ready;
  }

  /**
   * Stops the application on this member. Its tasks here write down and publish what they have
   * worked on, and end; those of other members, if there are any, take them over. Completes when
   * they have ended; then it may be started again. {@link ProcessingClient#stop} stops it on all.
   */
  public CompletionStage<Done> stop() {
    return ready
        .handle((done, failure) -> failure == null)
        .thenCompose(
            runs -> runs ? halt.get() : CompletableFuture.completedStage(Done.getInstance()));
  }

  /** Asks the application: for values in its stores, and how its tasks are. */
  public ProcessingClient client() {
    return client;
  }
}
