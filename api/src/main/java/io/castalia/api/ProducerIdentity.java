package io.castalia.api;

/**
 * Makes a produce idempotent: a repeated message with the same identity is answered with the
 * original offset.
 *
 * @param producerId from {@link BrokerCommand.AllocateProducerId}
 * @param epoch the producer's epoch, from 0
 * @param sequence the sequence number of the first record: the count of records sent before it to
 *     that partition
 */
public record ProducerIdentity(long producerId, short epoch, int sequence) {}
