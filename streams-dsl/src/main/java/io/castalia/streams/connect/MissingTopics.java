package io.castalia.streams.connect;

import io.castalia.api.CastaliaClient;
import io.castalia.streams.Retry;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.Patterns;

/**
 * Which topics of a connector are not there. A sink's group waits for them without a word, and a
 * source until it has something to publish, so that a name that was misspelt looks like one of a
 * topic to which nothing comes. For use by many threads.
 */
final class MissingTopics {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(10);

  private final ActorSystem<?> system;
  private final CastaliaClient client;
  private volatile Set<String> missing = Set.of();
  private volatile boolean stopped;

  private MissingTopics(ActorSystem<?> system) {
    this.system = system;
    this.client = CastaliaClient.create(system, REPLY_TIMEOUT);
  }

  /** Looks for topics until all are there, or it is stopped. */
  static MissingTopics among(ActorSystem<?> system, Set<String> topics) {
    MissingTopics missing = new MissingTopics(system);
    var unused = missing.look(topics);
    return missing;
  }

  void stop() {
    stopped = true;
  }

  /** What to say of it; empty if all are there. */
  String remark() {
    Set<String> now = missing;
    return now.isEmpty()
        ? ""
        : "Expected topics that are there, but there is no %s; waiting for that".formatted(now);
  }

  private CompletionStage<Done> look(Set<String> topics) {
    CompletionStage<Set<String>> found = CompletableFuture.completedStage(new TreeSet<>());
    for (String topic : topics) {
      found = found.thenCombine(isMissing(topic), (known, gone) -> with(known, topic, gone));
    }
    return found.thenCompose(
        gone -> {
          missing = gone;
          return gone.isEmpty() || stopped
              ? CompletableFuture.completedStage(Done.getInstance())
              : Patterns.after(LOOK_AGAIN, system.classicSystem(), () -> look(gone));
        });
  }

  private static Set<String> with(Set<String> known, String topic, boolean more) {
    if (more) {
      known.add(topic);
    }
    return known;
  }

  /** A node that cannot be asked is no reason to take a topic for missing. */
  private CompletionStage<Boolean> isMissing(String topic) {
    return client
        .describeTopic(topic)
        .handle(
            (described, failure) ->
                failure != null
                    && Retry.rootOf(failure) instanceof UnknownTopicOrPartitionException);
  }
}
