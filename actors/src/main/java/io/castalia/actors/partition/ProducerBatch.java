package io.castalia.actors.partition;

/**
 * One batch of an idempotent producer, as appended.
 *
 * @param producerId the producer's id
 * @param producerEpoch the producer's epoch
 * @param firstSequence sequence of its first record
 * @param lastSequence sequence of its last record; smaller than the first after a wrap-around
 * @param baseOffset offset of its first record
 * @param appendedAt when it was appended, in milliseconds since the epoch
 * @param logAppendTime the time stamped on its records, or -1 if they keep their own
 */
record ProducerBatch(
    long producerId,
    short producerEpoch,
    int firstSequence,
    int lastSequence,
    long baseOffset,
    long appendedAt,
    long logAppendTime) {

  long lastOffset() {
    long count = (lastSequence - (long) firstSequence + (1L << 31)) % (1L << 31) + 1;
    return baseOffset + count - 1;
  }
}
