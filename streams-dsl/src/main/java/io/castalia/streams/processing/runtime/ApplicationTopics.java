package io.castalia.streams.processing.runtime;

import io.castalia.api.BrokerReply.TopicDescribed;
import io.castalia.api.CastaliaClient;
import io.castalia.streams.Retry;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.TopologyException;
import io.castalia.streams.processing.internal.Graph;
import io.castalia.streams.processing.internal.PartitionPlan;
import io.castalia.streams.processing.internal.TopicRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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
  CompletionStage<Map<String, Integer>> prepare() {
    CompletionStage<Map<TopicRef, Integer>> external =
        CompletableFuture.completedStage(new HashMap<>());
    for (TopicRef topic : externalTopics()) {
      external =
          external.thenCompose(
              found ->
                  count(topic.name())
                      .thenApply(
                          count -> {
                            found.put(topic, count);
                            return found;
                          }));
    }
    return external.thenCompose(found -> create(PartitionPlan.of(graph, found), found));
  }

  private List<TopicRef> externalTopics() {
    List<TopicRef> topics = new ArrayList<>(graph.sources());
    topics.addAll(graph.sinks());
    if (settings.errors() instanceof ErrorPolicy.DeadLetter letter) {
      topics.add(new TopicRef(letter.topic(), false));
    }
    return topics.stream().filter(topic -> !topic.internal()).distinct().toList();
  }

  private CompletionStage<Integer> count(String topic) {
    return client
        .describeTopic(topic)
        .handle(
            (described, failure) -> {
              if (failure == null) {
                return described.partitions();
              }
              Throwable cause = Retry.rootOf(failure);
              if (cause instanceof UnknownTopicOrPartitionException) {
                throw new TopologyException(
                    "expected the topics of \"%s\" to exist, but there is no \"%s\""
                        .formatted(settings.applicationId(), topic));
              }
              throw new CompletionException(cause);
            });
  }

  private CompletionStage<Map<String, Integer>> create(
      Map<TopicRef, Integer> plan, Map<TopicRef, Integer> external) {
    Map<String, Integer> counts = new HashMap<>();
    external.forEach((topic, count) -> counts.put(topic.name(), count));
    CompletionStage<Map<String, Integer>> all = CompletableFuture.completedStage(counts);
    for (Map.Entry<TopicRef, Integer> planned : plan.entrySet()) {
      if (planned.getKey().internal()) {
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
                        + " another topology, or its input topics have grown");
              }
              return count;
            });
  }
}
