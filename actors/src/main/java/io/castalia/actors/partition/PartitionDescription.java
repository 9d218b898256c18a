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
    Errors error, long logStartOffset, long highWatermark, int leaderEpoch, long sizeInBytes) {}
