package io.castalia.api.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;

/**
 * The commits of a member, one at a time, so that a repeated one cannot undo a later one. What
 * comes while one is under way goes together into the next.
 *
 * @param <W> who waits for an answer
 */
final class CommitQueue<W> {
  /** With the pause between them, about a minute. */
  private static final int ATTEMPTS = 60;

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
  private final List<Waiting<W>> waitingForNext = new ArrayList<>();
  private final List<Waiting<W>> waitingForCurrent = new ArrayList<>();
  private Map<TopicPartition, OffsetAndMetadata> current = Map.of();
  private int attempts;

  private record Waiting<W>(W who, Set<TopicPartition> partitions) {}

  /** An answer for who waited. */
  record Answer<W>(W who, CommitResult result) {}

  void add(Map<TopicPartition, OffsetAndMetadata> offsets, W who) {
    next.putAll(offsets);
    waitingForNext.add(new Waiting<>(who, Set.copyOf(offsets.keySet())));
  }

  /** Whether there is something to commit now; then it is under way. */
  boolean begin() {
    if (isUnderWay() || waitingForNext.isEmpty()) {
      return false;
    }
    current = Map.copyOf(next);
    attempts = 0;
    waitingForCurrent.addAll(waitingForNext);
    next.clear();
    waitingForNext.clear();
    return true;
  }

  /** What to commit of that which is under way: what the service has. */
  Map<TopicPartition, OffsetAndMetadata> current(Set<TopicPartition> held) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(current);
    offsets.keySet().retainAll(held);
    return offsets;
  }

  /** After which pause to try again, if that makes sense. */
  Optional<Duration> again(Map<TopicPartition, Errors> outcome) {
    boolean mayHelp = outcome.values().stream().anyMatch(CommitQueue::mayPass);
    return mayHelp && ++attempts < ATTEMPTS
        ? Optional.of(attempts == 1 ? FIRST_PAUSE : PAUSE)
        : Optional.empty();
  }

  /** A member's epoch is stale until it hears the answer that is on its way to it. */
  private static boolean mayPass(Errors error) {
    return error == Errors.STALE_MEMBER_EPOCH || MemberLogic.mayPass(error);
  }

  /** Whether a commit of the partition has not been answered yet. */
  boolean concerns(TopicPartition partition) {
    return current.containsKey(partition) || next.containsKey(partition);
  }

  boolean isIdle() {
    return !isUnderWay() && waitingForNext.isEmpty();
  }

  private boolean isUnderWay() {
    return !waitingForCurrent.isEmpty();
  }

  /**
   * Ends what is under way.
   *
   * @param outcome codes of the partitions; {@link Errors#FENCED_MEMBER_EPOCH} for those without
   */
  List<Answer<W>> end(Map<TopicPartition, Errors> outcome) {
    List<Answer<W>> answers = new ArrayList<>();
    for (Waiting<W> waiting : waitingForCurrent) {
      Map<TopicPartition, Errors> own = new HashMap<>();
      waiting
          .partitions()
          .forEach(each -> own.put(each, outcome.getOrDefault(each, Errors.FENCED_MEMBER_EPOCH)));
      answers.add(new Answer<>(waiting.who(), new CommitResult(own)));
    }
    waitingForCurrent.clear();
    current = Map.of();
    return answers;
  }

  /** Ends everything, since the member is no more. */
  List<Answer<W>> abandon() {
    List<Answer<W>> answers = end(Map.of());
    if (begin()) {
      answers.addAll(end(Map.of()));
    }
    return answers;
  }
}
