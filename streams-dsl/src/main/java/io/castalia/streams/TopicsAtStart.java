package io.castalia.streams;

import io.castalia.api.BrokerReply.TopicDescribed;
import io.castalia.api.BrokerReply.TopicsListed;
import io.castalia.api.CastaliaClient;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What there was when a stream joined its group. A partition that has come since is new to the
 * group as well, and all that it has is newer than the stream: who would begin it at its end would
 * miss what came before he heard of it. For use by many threads.
 */
final class TopicsAtStart {
  private final CastaliaClient client;
  private final Retry retry;
  private final Map<String, CompletionStage<Integer>> counts = new ConcurrentHashMap<>();

  /** All names, where topics are not named by the subscription. */
  private final Optional<CompletionStage<Set<String>>> names;

  private TopicsAtStart(CastaliaClient client, Retry retry, Subscription.Auto subscription) {
    this.client = client;
    this.retry = retry;
    if (subscription instanceof Subscription.Topics named) {
      this.names = Optional.empty();
      named.topics().forEach(this::count);
    } else {
      this.names =
          Optional.of(
              retry
                  .call(client::listTopics)
                  .thenApply(TopicsListed::topics)
                  .thenApply(HashSet::new));
    }
  }

  /** Begins to look; nothing for streams that need not know. */
  static Optional<TopicsAtStart> of(ConsumerSettings<?, ?> settings, Subscription subscription) {
    return settings.offsetReset() == OffsetReset.LATEST
            && subscription instanceof Subscription.Auto auto
        ? Optional.of(
            new TopicsAtStart(
                settings.client(),
                new Retry(settings.system(), settings.fetch().retryTimeout()),
                auto))
        : Optional.empty();
  }

  /**
   * Whether a partition has come since. The partitions of a topic that an expression has found are
   * counted when the first of them is asked for.
   */
  CompletionStage<Boolean> isAdded(TopicPartition partition) {
    return names
        .map(listed -> listed.thenApply(there -> !there.contains(partition.topic())))
        .orElseGet(() -> CompletableFuture.completedStage(false))
        .thenCompose(
            isNew ->
                isNew
                    ? CompletableFuture.completedStage(true)
                    : count(partition.topic()).thenApply(count -> partition.partition() >= count));
  }

  private CompletionStage<Integer> count(String topic) {
    return counts.computeIfAbsent(topic, name -> retry.call(() -> ask(name)));
  }

  /** None of a topic that is not there yet. */
  private CompletionStage<Integer> ask(String topic) {
    return client
        .describeTopic(topic)
        .thenApply(TopicDescribed::partitions)
        .exceptionallyCompose(
            failure ->
                Retry.rootOf(failure) instanceof UnknownTopicOrPartitionException
                    ? CompletableFuture.completedStage(0)
                    : CompletableFuture.failedStage(Retry.rootOf(failure)));
  }
}
