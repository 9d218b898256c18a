package io.castalia.actors.partition;

import io.castalia.actors.topic.TopicSettings;

/**
 * What an append depends on beside the log itself.
 *
 * @param settings the topic's settings
 * @param leaderEpoch the epoch in which this node owns the partition
 * @param logStart the log start offset, for the answer
 * @param now milliseconds since the epoch
 * @param lateStarts the producers that want to begin in the middle of a sequence
 */
record AppendContext(
    TopicSettings settings, int leaderEpoch, long logStart, long now, LateStarts lateStarts) {}
