package io.castalia.streams.processing.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Which batches of an outbox are published when: one of each partition at a time, in order, and no
 * more than {@link Outbox#WINDOW} before it is journaled that they have been.
 */
public final class Deliveries {
  /** A task with so many batches to publish for one partition works on no more records. */
  private static final int CONGESTED = 2;

  private final Map<TopicPartition, Integer> delivered = new HashMap<>();
  private final Set<TopicPartition> sending = new HashSet<>();
  private Outbox outbox = Outbox.EMPTY;

  /**
   * The outbox has changed.
   *
   * @param journaled how many batches it no longer has, since they were published
   */
  public void journaled(Outbox next, Map<TopicPartition, Integer> journaled) {
    outbox = next;
    journaled.forEach(
        (partition, count) ->
            delivered.computeIfPresent(
                partition, (same, known) -> known > count ? known - count : null));
  }

  /** What is to be published now; it counts as being published from now on. */
  public List<OutputBatch> toSend() {
    List<OutputBatch> batches =
        outbox.waiting().keySet().stream()
            .filter(partition -> !sending.contains(partition))
            .map(this::next)
            .flatMap(Optional::stream)
            .toList();
    batches.forEach(batch -> sending.add(batch.partition()));
    return batches;
  }

  private Optional<OutputBatch> next(TopicPartition partition) {
    List<OutputBatch> queue = outbox.waiting().getOrDefault(partition, List.of());
    int done = delivered.getOrDefault(partition, 0);
    return done < queue.size() && done < Outbox.WINDOW
        ? Optional.of(queue.get(done))
        : Optional.empty();
  }

  /** The batch that was being published for a partition is durable. */
  public void sent(TopicPartition partition) {
    sending.remove(partition);
    delivered.merge(partition, 1, Integer::sum);
  }

  /** It is not, and must be published again. */
  public void notSent(TopicPartition partition) {
    sending.remove(partition);
  }

  /** How many batches have been published of which that is not journaled. */
  public Map<TopicPartition, Integer> delivered() {
    return Map.copyOf(delivered);
  }

  /** Whether a batch is being published. */
  public boolean isSending() {
    return !sending.isEmpty();
  }

  /** Whether publishing lags so much that work must wait. */
  public boolean isCongested() {
    return outbox.waiting().entrySet().stream()
        .anyMatch(
            entry ->
                entry.getValue().size() - delivered.getOrDefault(entry.getKey(), 0) >= CONGESTED);
  }

  /** Whether publishing waits for being journaled. */
  public boolean isHeldUp() {
    return outbox.waiting().entrySet().stream()
        .anyMatch(
            entry ->
                delivered.getOrDefault(entry.getKey(), 0) >= Outbox.WINDOW
                    && entry.getValue().size() > Outbox.WINDOW);
  }
}
