package io.castalia.actors.partition;

import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/** Whether a batch is the next of its idempotent producer, by the rules of Kafka 4. */
final class SequenceChecks {
  private SequenceChecks() {}

  /**
   * Why a batch that is no repetition may not be appended now. A producer that has been forgotten
   * here may go on anywhere; one that never was here has to begin, as far as {@link LateStarts} can
   * see to it.
   */
  static Optional<AppendResult> refusal(
      Producers producers, BatchHeader batch, AppendContext context) {
    Optional<ProducerState> known = producers.find(batch.producerId());
    if (known.isEmpty()) {
      return mayStart(producers, batch, context)
          ? Optional.empty()
          : refused(
              Errors.NOT_ENOUGH_REPLICAS,
              "expected producer %d to begin with sequence 0 here, but it was %d"
                  .formatted(batch.producerId(), batch.firstSequence()));
    }
    ProducerState producer = known.get();
    if (batch.producerEpoch() < producer.epoch()) {
      return refused(
          Errors.INVALID_PRODUCER_EPOCH,
          "expected producer %d to have epoch %d, but it was %d"
              .formatted(batch.producerId(), (int) producer.epoch(), (int) batch.producerEpoch()));
    }
    if (batch.producerEpoch() > producer.epoch()) {
      return batch.firstSequence() == 0
          ? Optional.empty()
          : refused(
              Errors.OUT_OF_ORDER_SEQUENCE_NUMBER,
              "expected producer %d to begin epoch %d with sequence 0, but it was %d"
                  .formatted(
                      batch.producerId(), (int) batch.producerEpoch(), batch.firstSequence()));
    }
    return producer.isNextSequence(batch.firstSequence())
        ? Optional.empty()
        : refused(
            Errors.OUT_OF_ORDER_SEQUENCE_NUMBER,
            "expected producer %d to go on after sequence %d, but it was %d"
                .formatted(
                    batch.producerId(), producer.last().lastSequence(), batch.firstSequence()));
  }

  private static boolean mayStart(Producers producers, BatchHeader batch, AppendContext context) {
    return batch.firstSequence() == 0
        || producers.mayHaveForgotten(batch.producerId())
        || context.lateStarts().mayStart(batch.producerId(), context.now());
  }

  private static Optional<AppendResult> refused(Errors error, String message) {
    return Optional.of(AppendResult.refused(error, message));
  }
}
