package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import java.util.Collection;

/**
 * The end of the log as it will be when all writes that are waiting or in flight have succeeded:
 * what the next append is judged by.
 *
 * @param nextOffset the offset that the next record gets
 * @param producers the idempotent producers
 */
record LogHead(long nextOffset, Producers producers) {

  static LogHead of(PartitionState state) {
    return new LogHead(state.logEnd(), state.producers());
  }

  LogHead after(EntryAppended entry) {
    Producers next = producers;
    for (ProducerBatch batch : entry.producerBatches()) {
      next = next.with(batch);
    }
    return new LogHead(entry.lastPosition() + 1, next);
  }

  LogHead without(Collection<Long> producerIds, long silentSince) {
    return new LogHead(nextOffset, producers.without(producerIds, silentSince));
  }
}
