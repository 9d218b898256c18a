package io.castalia.persistence.store;

import java.nio.ByteBuffer;

/**
 * A snapshot of a persistent actor's state.
 *
 * @param log the persistence id
 * @param sequence the sequence number up to which it holds
 * @param timestamp when it was taken, in milliseconds since the epoch
 * @param data serialized snapshot with its serializer's identity (read-only view)
 */
public record StoredSnapshot(String log, long sequence, long timestamp, ByteBuffer data) {}
