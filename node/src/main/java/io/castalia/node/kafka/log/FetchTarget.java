package io.castalia.node.kafka.log;

import io.castalia.actors.partition.FetchQuery;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;

/**
 * What a client wants of one partition.
 *
 * @param key the partition as the client names it
 * @param offset the first offset wanted
 * @param maxBytes soft limit in bytes
 * @param leaderEpoch the leader epoch that the client knows, or -1
 */
record FetchTarget(Key key, long offset, int maxBytes, int leaderEpoch) {

  /**
   * A partition in the client's words.
   *
   * @param topic the topic's name; empty in versions with topic ids
   * @param topicId the topic's id; zero in versions without
   */
  record Key(String topic, Uuid topicId, int index) {}

  /**
   * The question to the partition.
   *
   * @param atMost soft limit in bytes, beside the target's own
   */
  FetchQuery query(int atMost, boolean readCommitted) {
    return new FetchQuery(
        offset, Math.max(1, Math.min(atMost, maxBytes)), leaderEpoch, readCommitted);
  }

  static FetchTarget of(FetchTopic topic, FetchPartition partition) {
    return new FetchTarget(
        new Key(topic.topic(), topic.topicId(), partition.partition()),
        partition.fetchOffset(),
        partition.partitionMaxBytes(),
        partition.currentLeaderEpoch());
  }
}
