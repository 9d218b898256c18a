package io.castalia.actors.group;

import org.apache.kafka.common.Uuid;

/**
 * A committed offset.
 *
 * @param topicId of the topic at the commit, zero if it was not known; a topic created again does
 *     not inherit offsets
 * @param leaderEpoch -1 if it was not given
 * @param committedAt milliseconds since the epoch
 * @param expiresAt milliseconds since the epoch, or -1 for the broker's rule
 */
record StoredOffset(
    Uuid topicId,
    long offset,
    int leaderEpoch,
    String metadata,
    long committedAt,
    long expiresAt) {}
