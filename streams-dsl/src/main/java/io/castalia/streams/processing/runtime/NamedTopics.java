package io.castalia.streams.processing.runtime;

import io.castalia.streams.PartitionCounts;
import io.castalia.streams.Retry;
import io.castalia.streams.processing.internal.TopicUnavailableException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that only records name. Waits for what it does not know; belongs to one task. */
record NamedTopics(PartitionCounts counts, Duration timeout) {

  /**
   * How many partitions a topic has.
   *
   * @throws IllegalArgumentException if there is none of that name
   * @throws TopicUnavailableException if that cannot be known now
   */
  int partitionsOf(String topic) {
    try {
      return counts.of(topic).toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : Retry.rootOf(e.getCause());
      if (cause instanceof UnknownTopicOrPartitionException) {
        throw new IllegalArgumentException(
            "expected a topic that exists, but there is no \"%s\"".formatted(topic), cause);
      }
      throw new TopicUnavailableException(topic, cause);
    } catch (TimeoutException e) {
      throw new TopicUnavailableException(topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicUnavailableException(topic, e);
    }
  }
}
