package io.castalia.actors.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a partition remembers of one idempotent producer.
 *
 * @param batches the last batches of its current epoch, oldest first; never empty
 */
record ProducerState(List<ProducerBatch> batches) {
  /** How many batches a producer may have in flight and repeat: Kafka's number. */
  static final int REMEMBERED_BATCHES = 5;

  ProducerState {
    batches = List.copyOf(batches);
    if (batches.isEmpty()) {
      throw new IllegalArgumentException("expected at least one batch, but there was none");
    }
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
    return new ProducerState(next);
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

  boolean isNextSequence(int sequence) {
    int last = last().lastSequence();
    return sequence == last + 1L || (sequence == 0 && last == Integer.MAX_VALUE);
  }
}
