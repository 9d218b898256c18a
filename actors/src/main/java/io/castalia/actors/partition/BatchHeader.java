package io.castalia.actors.partition;

/**
 * What a partition needs to know of a record batch that it has checked.
 *
 * @param count how many records, at least one
 * @param maxTimestamp the largest timestamp, in milliseconds since the epoch, or -1
 * @param producerId the idempotent producer's id, or -1
 * @param producerEpoch the producer's epoch, or -1
 * @param firstSequence the first record's sequence, or -1
 * @param lastSequence the last record's sequence, or -1
 */
record BatchHeader(
    int count,
    long maxTimestamp,
    long producerId,
    short producerEpoch,
    int firstSequence,
    int lastSequence) {

  boolean hasProducer() {
    return producerId >= 0;
  }
}
