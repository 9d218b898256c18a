package io.castalia.actors.partition;

import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/** Whether a batch is the next of its idempotent producer, by the rules of Kafka 4. */
final class SequenceChecks {
  private SequenceChecks() {}

  /**
   * Why a batch that is no repetition may not be appended now. A producer of which nothing is known
   * (it is new, or its records have expired) may start anywhere.
   */
  static Optional<AppendResult> refusal(Optional<ProducerState> known, BatchHeader batch) {
    if (known.isEmpty()) {
      return Optional.empty();
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

  private static Optional<AppendResult> refused(Errors error, String message) {
    return Optional.of(AppendResult.refused(error, message));
  }
}
