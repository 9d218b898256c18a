package io.castalia.actors.topic;

import io.castalia.actors.topic.DirectoryCommand.AwaitVersion;
import io.castalia.actors.topic.RegistryCommand.Answer;
import io.castalia.actors.topic.RegistryCommand.Submit;
import io.castalia.api.internal.Replies;
import io.castalia.persistence.OwnedLogs;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/** This node's topics: reads from the local copy of the catalog, changes by the registry. */
public final class RegistryTopics implements Topics {
  private final ActorSystem<?> system;
  private final RegistrySettings settings;
  private final ActorRef<RegistryCommand> registry;
  private final ActorRef<DirectoryCommand> directory;
  private volatile LocalCatalog catalog;
  private final CompletableFuture<Done> ready = new CompletableFuture<>();
  private final ProducerIds producerIds = new ProducerIds(this::allocateProducerIds);

  private RegistryTopics(
      ActorSystem<?> system, PartitionPurge purge, OwnedLogs logs, RegistrySettings settings) {
    this.system = system;
    this.settings = settings;
    this.catalog = LocalCatalog.empty(settings.brokerConfigs());
    this.registry =
        ClusterSingleton.get(system)
            .init(
                SingletonActor.of(
                    Behaviors.supervise(TopicRegistry.create(purge, logs, settings))
                        .onFailure(
                            SupervisorStrategy.restartWithBackoff(
                                settings.minBackoff(),
                                settings.maxBackoff(),
                                RegistrySettings.BACKOFF_SPREAD)),
                    "topic-registry"));
    this.directory =
        system.systemActorOf(
            TopicDirectory.create(registry, settings, this::publish),
            "topic-directory",
            Props.empty());
  }

  /**
   * Starts this node's part of the registry: once per actor system, which must be a cluster's node.
   *
   * @param purge how the logs of deleted topics are removed, asked on the node where the registry
   *     runs
   * @param logs of the journal that the settings name
   */
  public static RegistryTopics start(
      ActorSystem<?> system, PartitionPurge purge, OwnedLogs logs, RegistrySettings settings) {
    return new RegistryTopics(system, purge, logs, settings);
  }

  /** Completes when the catalog and the cluster's id are known here. Never fails. */
  public CompletionStage<Done> ready() {
    return ready.minimalCompletionStage();
  }

  @Override
  public TopicCatalog catalog() {
    return catalog;
  }

  @Override
  public CompletionStage<TopicResult> create(
      String name, int partitions, Map<String, String> configs, boolean validateOnly) {
    return change(new RegistryRequest.CreateTopic(name, partitions, configs), validateOnly);
  }

  @Override
  public CompletionStage<TopicResult> delete(Uuid topicId) {
    return change(new RegistryRequest.DeleteTopic(topicId), false);
  }

  @Override
  public CompletionStage<TopicResult> createPartitions(
      String name, int count, boolean validateOnly) {
    return change(new RegistryRequest.GrowTopic(name, count), validateOnly);
  }

  @Override
  public CompletionStage<TopicResult> alterConfigs(
      String name, List<ConfigChange> changes, boolean validateOnly) {
    return change(new RegistryRequest.AlterTopic(name, changes), validateOnly);
  }

  @Override
  public CompletionStage<TopicResult> alterBrokerConfigs(
      List<ConfigChange> changes, boolean validateOnly) {
    return change(new RegistryRequest.AlterBrokers(changes), validateOnly);
  }

  /**
   * {@inheritDoc} Fails with a retriable {@link org.apache.kafka.common.errors.ApiException} when
   * the registry cannot be reached.
   */
  @Override
  public CompletionStage<Long> nextProducerId() {
    return producerIds.next();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException before {@link #ready()}
   */
  @Override
  public String clusterId() {
    String clusterId = catalog.clusterId();
    if (clusterId.isEmpty()) {
      throw new IllegalStateException("expected the cluster's id, but it is not known yet");
    }
    return clusterId;
  }

  private void publish(LocalCatalog next) {
    catalog = next;
    if (next.complete()) {
      ready.complete(Done.getInstance());
    }
  }

  private CompletionStage<TopicResult> change(RegistryRequest request, boolean validateOnly) {
    if (request.chars() > RegistryLimits.MAX_REQUEST_CHARS) {
      return CompletableFuture.completedFuture(tooLarge(request));
    }
    return ask(request, validateOnly)
        .thenCompose(this::shown)
        .exceptionally(failure -> TopicResult.refused(Errors.REQUEST_TIMED_OUT, timedOut()));
  }

  private CompletionStage<Answer> ask(RegistryRequest request, boolean validateOnly) {
    return Replies.of(
        registry,
        replyTo -> new Submit(request, validateOnly, replyTo),
        settings.requestTimeout(),
        system);
  }

  private CompletionStage<TopicResult> shown(Answer answer) {
    TopicResult result = new TopicResult(answer.error(), answer.message(), answer.topic());
    if (answer.version() <= catalog.version()) {
      return CompletableFuture.completedFuture(result);
    }
    return Replies.<DirectoryCommand, Done>of(
            directory,
            replyTo -> new AwaitVersion(answer.version(), replyTo),
            settings.requestTimeout(),
            system)
        .thenApply(done -> result);
  }

  private CompletionStage<Long> allocateProducerIds() {
    return ask(new RegistryRequest.AllocateProducerIds(), false)
        .thenApply(
            answer -> {
              if (answer.error() != Errors.NONE) {
                throw answer.error().exception(answer.message());
              }
              return answer.firstProducerId();
            });
  }

  private String timedOut() {
    return "The topic registry did not answer within "
        + settings.requestTimeout().toMillis()
        + " ms; the request may be retried.";
  }

  private static TopicResult tooLarge(RegistryRequest request) {
    return TopicResult.refused(
        Errors.INVALID_REQUEST,
        "expected names and values of at most "
            + RegistryLimits.MAX_REQUEST_CHARS
            + " characters together, but there were "
            + request.chars());
  }
}
