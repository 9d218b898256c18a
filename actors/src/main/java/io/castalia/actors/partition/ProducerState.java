package io.castalia.actors.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a partition remembers of one idempotent producer.
 *
 * @param batches the last batches of its current epoch, oldest first; never empty
 * @param unbroken how many records of its current epoch, up to its last one, are known to have been
 *     appended one after the other
 */
record ProducerState(List<ProducerBatch> batches, long unbroken) {
  /** How many batches a producer may have in flight with one node, and repeat: Kafka's number. */
  static final int REMEMBERED_BATCHES = 5;

  /** Far enough back, and less than half of all sequences, so that behind is not ahead. */
  static final long MAX_UNBROKEN = 1L << 30;

  ProducerState {
    batches = List.copyOf(batches);
    if (batches.isEmpty()) {
      throw new IllegalArgumentException("expected at least one batch, but there was none");
    }
    unbroken = Math.min(unbroken, MAX_UNBROKEN);
  }

  /** Where nothing is known of what was before these batches. */
  ProducerState(List<ProducerBatch> batches) {
    this(batches, batches.stream().mapToLong(ProducerBatch::count).sum());
  }

  static ProducerState first(ProducerBatch batch) {
    return new ProducerState(List.of(batch));
  }

  ProducerState with(ProducerBatch batch) {
    if (batch.producerEpoch() != epoch()) {
      return first(batch);
    }
    int size = batches.size();
    List<ProducerBatch> next = new ArrayList<>(REMEMBERED_BATCHES);
    next.addAll(batches.subList(Math.max(0, size + 1 - REMEMBERED_BATCHES), size));
    next.add(batch);
    return new ProducerState(next, unbroken + batch.count());
  }

  ProducerBatch last() {
    return batches.get(batches.size() - 1);
  }

  short epoch() {
    return last().producerEpoch();
  }

  long lastAppendedAt() {
    return last().appendedAt();
  }

  /** The remembered batch that {@code batch} repeats, if it repeats one. */
  Optional<ProducerBatch> originalOf(BatchHeader batch) {
    if (batch.producerEpoch() != epoch()) {
      return Optional.empty();
    }
    for (ProducerBatch original : batches) {
      if (original.firstSequence() == batch.firstSequence()
          && original.lastSequence() == batch.lastSequence()) {
        return Optional.of(original);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a batch that is not remembered was appended before those that are. A client may have
   * more in flight than are remembered: with one node, and, once it has heard of another leader,
   * with that one too.
   */
  boolean appendedBefore(BatchHeader batch) {
    long back = ProducerBatch.distance(batch.lastSequence(), last().lastSequence());
    return batch.producerEpoch() == epoch() && back + batch.count() <= unbroken;
  }

  /** Where the remembered batches begin: whatever was appended before is at smaller offsets. */
  long firstRememberedOffset() {
    return batches.get(0).baseOffset();
  }

  boolean isNextSequence(int sequence) {
    int last = last().lastSequence();
    return sequence == last + 1L || (sequence == 0 && last == Integer.MAX_VALUE);
  }
}
