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

  /** How many records it has. */
  long count() {
    return distance(firstSequence, lastSequence) + 1;
  }

  long lastOffset() {
    return baseOffset + count() - 1;
  }

  /** How far it is from one sequence on to another: they begin again at 0 after the largest. */
  static long distance(int from, int to) {
    return (to - (long) from + (1L << 31)) % (1L << 31);
  }
}
