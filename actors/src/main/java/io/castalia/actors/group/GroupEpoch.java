package io.castalia.actors.group;

/**
 * A version of what a consumer group is about: who is in it, and what they want.
 *
 * @param number grows with every change
 * @param topics a fingerprint of the topics that were wanted and there: ids and partitions
 */
record GroupEpoch(int number, long topics) {
  GroupEpoch next(long nextTopics) {
    return new GroupEpoch(number + 1, nextTopics);
  }
}
