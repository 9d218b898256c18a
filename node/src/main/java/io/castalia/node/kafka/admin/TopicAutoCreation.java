package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.ConfigView;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.TopicResult;
import io.castalia.actors.topic.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.protocol.Errors;

/**
 * Finds topics for Metadata, and creates those that are not there when both the client and {@code
 * auto.create.topics.enable} allow it. The client waits for the creation, because many clients take
 * the first answer for the truth.
 */
final class TopicAutoCreation {
  /** Clients give a Metadata request at least 5 seconds; LEADER_NOT_AVAILABLE makes them retry. */
  private static final int LONGEST_WAIT_MS = 3_000;

  private static final int DEFAULT_PARTITIONS = -1;

  private final Topics topics;

  TopicAutoCreation(Topics topics) {
    this.topics = topics;
  }

  /** Never fails: a topic, or why there is none. */
  CompletionStage<TopicResult> findOrCreate(String name, boolean clientAllows) {
    Optional<TopicDescription> found = topics.catalog().byName(name);
    if (found.isPresent()) {
      return CompletableFuture.completedFuture(present(found.get()));
    }
    Optional<String> complaint = nameComplaint(name);
    if (complaint.isPresent()) {
      return refuse(Errors.INVALID_TOPIC_EXCEPTION, complaint.get());
    }
    if (!clientAllows || !ConfigView.of(topics.catalog()).autoCreateTopics()) {
      return refuse(
          Errors.UNKNOWN_TOPIC_OR_PARTITION,
          "Expected a topic \"" + name + "\", but there is none");
    }
    return RequestDeadline.in(LONGEST_WAIT_MS)
        .orTimedOut(topics.create(name, DEFAULT_PARTITIONS, Map.of(), false))
        .thenApply(answer -> settle(name, answer));
  }

  /** Another client may have created it first; and what may work the next time is retriable. */
  private TopicResult settle(String name, TopicResult answer) {
    if (answer.error() == Errors.NONE) {
      return answer;
    }
    Optional<TopicDescription> meanwhile = topics.catalog().byName(name);
    if (meanwhile.isPresent()) {
      return present(meanwhile.get());
    }
    boolean retriable =
        answer.error() == Errors.TOPIC_ALREADY_EXISTS
            || answer.error().exception() instanceof RetriableException;
    return TopicResult.refused(
        retriable ? Errors.LEADER_NOT_AVAILABLE : answer.error(), answer.message());
  }

  private static TopicResult present(TopicDescription topic) {
    return new TopicResult(Errors.NONE, "", Optional.of(topic));
  }

  private static CompletionStage<TopicResult> refuse(Errors error, String message) {
    return CompletableFuture.completedFuture(TopicResult.refused(error, message));
  }

  private static Optional<String> nameComplaint(String name) {
    try {
      Topic.validate(name);
      return Optional.empty();
    } catch (InvalidTopicException invalid) {
      return Optional.of(String.valueOf(invalid.getMessage()));
    }
  }
}
