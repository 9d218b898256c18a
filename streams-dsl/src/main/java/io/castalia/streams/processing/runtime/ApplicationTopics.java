package io.castalia.streams.processing.runtime;

import io.castalia.api.BrokerReply.TopicDescribed;
import io.castalia.api.CastaliaClient;
import io.castalia.streams.Retry;
import io.castalia.streams.processing.TopologyException;
import io.castalia.streams.processing.internal.Graph;
import io.castalia.streams.processing.internal.Node;
import io.castalia.streams.processing.internal.PartitionPlan;
import io.castalia.streams.processing.internal.TopicRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of an application: finds those that exist, and creates those that are its own. */
record ApplicationTopics(CastaliaClient client, Graph graph, ProcessingSettings settings) {
  /** Records stay until retention of the topic is set otherwise: a task may be down for long. */
  private static final Map<String, String> CONFIG =
      Map.of("cleanup.policy", "delete", "retention.ms", "-1");

  /**
   * How many partitions each topic has, by its name in the cluster. Fails with a {@link
   * TopologyException} if a topic is missing or does not fit.
   */
  CompletionStage<TopicCounts> prepare() {
    return existing()
        .thenCompose(found -> create(PartitionPlan.of(graph, found), found))
        .thenApply(TopicCounts::of);
  }

  /**
   * How many partitions each topic has now, or why the tasks are not to go on: what {@link
   * #prepare} would fail with.
   */
  CompletionStage<TopicCounts> look(TopicCounts last) {
    return existing()
        .thenApply(found -> TopicCounts.of(named(PartitionPlan.of(graph, found))))
        .exceptionallyCompose(
            failure ->
                Retry.rootOf(failure) instanceof TopologyException unfit
                    ? CompletableFuture.completedStage(
                        last.unfit(String.valueOf(unfit.getMessage())))
                    : CompletableFuture.failedStage(Retry.rootOf(failure)));
  }

  /**
   * What a reset has to know of them. The topics of global tables are always read from the start.
   */
  ApplicationEvent.Described described() {
    Map<Boolean, Set<String>> read =
        graph.nodes().stream()
            .filter(node -> node instanceof Node.Source source && !source.everywhere())
            .map(node -> ((Node.Source) node).topic())
            .collect(
                Collectors.partitioningBy(
                    TopicRef::internal,
                    Collectors.mapping(
                        topic -> topic.in(settings.applicationId()), Collectors.toSet())));
    return new ApplicationEvent.Described(
        read.getOrDefault(false, Set.of()), read.getOrDefault(true, Set.of()));
  }

  private CompletionStage<Map<TopicRef, Integer>> existing() {
    CompletionStage<Map<TopicRef, Integer>> existing =
        CompletableFuture.completedStage(new HashMap<>());
    for (TopicRef topic : topics()) {
      existing =
          existing.thenCompose(
              found ->
                  count(topic)
                      .thenApply(
                          count -> {
                            count.ifPresent(partitions -> found.put(topic, partitions));
                            return found;
                          }));
    }
    return existing;
  }

  private List<TopicRef> topics() {
    List<TopicRef> topics = new ArrayList<>(graph.sources());
    topics.addAll(graph.sinks());
    settings.errors().deadLetterTopics().forEach(topic -> topics.add(new TopicRef(topic, false)));
    return topics.stream().distinct().toList();
  }

  /** Nothing for a topic of the application that is not there yet. */
  private CompletionStage<Optional<Integer>> count(TopicRef topic) {
    String name = topic.in(settings.applicationId());
    return client
        .describeTopic(name)
        .handle(
            (described, failure) -> {
              if (failure == null) {
                return Optional.of(described.partitions());
              }
              Throwable cause = Retry.rootOf(failure);
              if (!(cause instanceof UnknownTopicOrPartitionException)) {
                throw new CompletionException(cause);
              }
              if (topic.internal()) {
                return Optional.empty();
              }
              throw new TopologyException(
                  "expected the topics of \"%s\" to exist, but there is no \"%s\""
                      .formatted(settings.applicationId(), name));
            });
  }

  private Map<String, Integer> named(Map<TopicRef, Integer> counts) {
    return counts.entrySet().stream()
        .collect(
            Collectors.toMap(
                each -> each.getKey().in(settings.applicationId()), Map.Entry::getValue));
  }

  private CompletionStage<Map<String, Integer>> create(
      Map<TopicRef, Integer> plan, Map<TopicRef, Integer> existing) {
    Map<String, Integer> counts = new HashMap<>(named(existing));
    CompletionStage<Map<String, Integer>> all = CompletableFuture.completedStage(counts);
    for (Map.Entry<TopicRef, Integer> planned : plan.entrySet()) {
      if (!existing.containsKey(planned.getKey())) {
        String name = planned.getKey().in(settings.applicationId());
        all =
            all.thenCompose(
                known ->
                    create(name, planned.getValue())
                        .thenApply(
                            done -> {
                              known.put(name, planned.getValue());
                              return known;
                            }));
      }
    }
    return all;
  }

  private CompletionStage<Integer> create(String topic, int partitions) {
    return client
        .createTopic(topic, partitions, CONFIG)
        .thenApply(TopicDescribed::partitions)
        .exceptionallyCompose(
            failure ->
                Retry.rootOf(failure) instanceof TopicExistsException
                    ? client.describeTopic(topic).thenApply(TopicDescribed::partitions)
                    : CompletableFuture.failedStage(Retry.rootOf(failure)))
        .thenApply(
            count -> {
              if (count != partitions) {
                throw new TopologyException(
                    "expected \"%s\" to have %d partitions, but it has %d: it was created for"
                            .formatted(topic, partitions, count)
                        + " another topology");
              }
              return count;
            });
  }
}
