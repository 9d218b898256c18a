package io.castalia.actors.partition;

import org.apache.kafka.common.protocol.Errors;

/**
 * A partition as its owner sees it.
 *
 * @param error {@link Errors#NONE} or why it could not be described
 * @param logStartOffset first available offset
 * @param highWatermark offset after the last acknowledged record
 * @param leaderEpoch the owner's epoch
 * @param sizeInBytes payload bytes kept
 */
public record PartitionDescription(
    Errors error, long logStartOffset, long highWatermark, int leaderEpoch, long sizeInBytes) {

  /** A partition that has never had an owner. */
  static final PartitionDescription UNUSED = new PartitionDescription(Errors.NONE, 0, 0, -1, 0);

  static PartitionDescription failed(Errors error) {
    return new PartitionDescription(error, -1, -1, -1, -1);
  }
}
