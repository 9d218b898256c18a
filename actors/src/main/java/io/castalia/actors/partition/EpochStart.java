package io.castalia.actors.partition;

/**
 * Where a leader epoch begins.
 *
 * @param epoch the leader epoch
 * @param startOffset the offset of its first record that is still kept
 */
record EpochStart(int epoch, long startOffset) {}
