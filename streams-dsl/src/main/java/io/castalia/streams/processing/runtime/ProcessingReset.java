package io.castalia.streams.processing.runtime;

import io.castalia.api.BrokerCommand.FindOffset;
import io.castalia.api.CastaliaClient;
import io.castalia.streams.Retry;
import io.castalia.streams.processing.runtime.ApplicationEvent.Reset;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Has an application that does not run begin anew: when it is started next its tasks have no state,
 * and read their input topics from other places. What is left in the application's own topics is
 * passed over. Its output topics stay as they are.
 */
public final class ProcessingReset {
  private final ActorSystem<?> system;
  private final String applicationId;
  private final ApplicationMembers members;
  private final CastaliaClient client;

  private ProcessingReset(ActorSystem<?> system, String applicationId, Duration timeout) {
    this.system = system;
    this.applicationId = applicationId;
    this.members = new ApplicationMembers(system, applicationId, timeout);
    this.client = CastaliaClient.create(system, timeout);
  }

  /**
   * For an application.
   *
   * @param system a member of the cluster, with Castalia's journal
   * @param timeout how long to wait for each reply
   */
  public static ProcessingReset create(
      ActorSystem<?> system, String applicationId, Duration timeout) {
    return new ProcessingReset(system, applicationId, timeout);
  }

  /**
   * Resets it. Fails with an {@link IllegalStateException} if it runs, with an {@link
   * IllegalArgumentException} if it has never been started or does not read the topics: nothing is
   * changed then. Fails with {@link org.apache.kafka.common.errors.RetriableException}s if brokers
   * or the journal cannot be reached; it does no harm to reset it again.
   *
   * @param topics that are begun there; if there are none, all that it reads. Those that are left
   *     out are read as by an application that is new, and those of global tables always are
   * @return from where each partition of the topics will be read
   */
  public CompletionStage<Map<TopicPartition, Long>> to(ResetTarget target, Set<String> topics) {
    return requireStopped()
        .thenCompose(
            done -> ApplicationJournal.change(system, applicationId, known -> Optional.empty()))
        .thenCompose(record -> to(target, chosen(record, topics), record.own()));
  }

  private CompletionStage<Map<TopicPartition, Long>> to(
      ResetTarget target, Set<String> topics, Set<String> own) {
    return places(topics, target)
        .thenCompose(
            chosen ->
                endsOf(own).thenCompose(ends -> write(chosen, ends)).thenApply(written -> chosen));
  }

  private CompletionStage<ApplicationRecord> write(
      Map<TopicPartition, Long> chosen, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> places = new HashMap<>(chosen);
    places.putAll(ends);
    return ApplicationJournal.change(
        system, applicationId, known -> Optional.of(new Reset(places)));
  }

  private CompletionStage<Done> requireStopped() {
    return members
        .running()
        .thenApply(
            running -> {
              if (!running.isEmpty()) {
                throw new IllegalStateException(
                    "expected \"%s\" to be stopped, but it runs on %s: stop it on all members first"
                        .formatted(applicationId, members.addresses(running)));
              }
              return Done.getInstance();
            });
  }

  private Set<String> chosen(ApplicationRecord record, Set<String> topics) {
    if (!record.isKnown()) {
      throw new IllegalArgumentException(
          "expected an application that has been started in this cluster, but none was that is"
              + " called \"%s\"".formatted(applicationId));
    }
    if (!record.inputs().containsAll(topics)) {
      throw new IllegalArgumentException(
          "expected topics that \"%s\" reads, some of %s, but they were %s"
              .formatted(applicationId, new TreeSet<>(record.inputs()), new TreeSet<>(topics)));
    }
    return topics.isEmpty() ? record.inputs() : topics;
  }

  private CompletionStage<Map<TopicPartition, Long>> endsOf(Set<String> own) {
    CompletionStage<Map<TopicPartition, Long>> all =
        CompletableFuture.completedStage(new HashMap<>());
    for (String topic : own) {
      all = all.thenCompose(found -> with(found, endsOf(topic)));
    }
    return all;
  }

  /** One that is not there will be created. */
  private CompletionStage<Map<TopicPartition, Long>> endsOf(String own) {
    return places(Set.of(own), new ResetTarget.Latest())
        .exceptionallyCompose(
            failure ->
                Retry.rootOf(failure) instanceof UnknownTopicOrPartitionException
                    ? CompletableFuture.completedStage(Map.of())
                    : CompletableFuture.failedStage(Retry.rootOf(failure)));
  }

  private CompletionStage<Map<TopicPartition, Long>> places(
      Set<String> topics, ResetTarget target) {
    CompletionStage<Map<TopicPartition, Long>> all =
        CompletableFuture.completedStage(new HashMap<>());
    for (String topic : topics) {
      all =
          all.thenCompose(
              found ->
                  client
                      .describeTopic(topic)
                      .thenCompose(
                          described -> places(found, topic, described.partitions(), target)));
    }
    return all;
  }

  private CompletionStage<Map<TopicPartition, Long>> places(
      Map<TopicPartition, Long> known, String topic, int partitions, ResetTarget target) {
    CompletionStage<Map<TopicPartition, Long>> all = CompletableFuture.completedStage(known);
    for (int number = 0; number < partitions; number++) {
      TopicPartition partition = new TopicPartition(topic, number);
      all =
          all.thenCompose(
              found ->
                  with(
                      found,
                      place(partition, target).thenApply(place -> Map.of(partition, place))));
    }
    return all;
  }

  private static CompletionStage<Map<TopicPartition, Long>> with(
      Map<TopicPartition, Long> found, CompletionStage<Map<TopicPartition, Long>> more) {
    return more.thenApply(
        places -> {
          found.putAll(places);
          return found;
        });
  }

  private CompletionStage<Long> place(TopicPartition partition, ResetTarget target) {
    if (target instanceof ResetTarget.Earliest) {
      return find(partition, FindOffset.EARLIEST);
    }
    if (target instanceof ResetTarget.Time time) {
      return find(partition, time.millis())
          .thenCompose(
              found ->
                  found < 0
                      ? find(partition, FindOffset.LATEST)
                      : CompletableFuture.completedStage(found));
    }
    CompletionStage<Long> end = find(partition, FindOffset.LATEST);
    return target instanceof ResetTarget.Offset wanted
        ? end.thenCombine(
            find(partition, FindOffset.EARLIEST),
            (last, first) -> Math.max(first, Math.min(wanted.offset(), last)))
        : end;
  }

  private CompletionStage<Long> find(TopicPartition partition, long time) {
    return client.findOffset(partition, time).thenApply(found -> found.offset());
  }
}
