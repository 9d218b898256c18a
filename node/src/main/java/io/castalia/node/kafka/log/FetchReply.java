package io.castalia.node.kafka.log;

import io.castalia.actors.partition.FetchResult;
import io.castalia.node.kafka.RecordsView;
import java.util.List;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.NodeEndpoint;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.jspecify.annotations.Nullable;

/** Makes Fetch responses. */
final class FetchReply {
  private static final short FIRST_WITH_LEADERS = 12;
  private static final short FIRST_WITH_ENDPOINTS = 16;

  private final PartitionLeaders leaders;

  FetchReply(PartitionLeaders leaders) {
    this.leaders = leaders;
  }

  static boolean readCommitted(FetchRequest request) {
    return request.isolationLevel() == IsolationLevel.READ_COMMITTED;
  }

  FetchResponse response(FetchRequest request, FetchPlan plan, FetchRead read) {
    FetchResponseData data = new FetchResponseData().setSessionId(plan.sessionId());
    FetchableTopicResponse topic = null;
    for (FetchAnswer answer : plan.select(read.answers())) {
      FetchTarget.Key key = answer.target().key();
      topic = continued(topic, key, data);
      PartitionData partition = partition(answer, readCommitted(request));
      topic.partitions().add(partition);
      if (request.version() >= FIRST_WITH_LEADERS) {
        nameLeader(request.version(), data, answer, partition);
      }
    }
    return FetchResponse.of(data);
  }

  /** The topic response that a partition belongs to: the last, unless the topic changes. */
  private static FetchableTopicResponse continued(
      @Nullable FetchableTopicResponse last, FetchTarget.Key key, FetchResponseData data) {
    if (last != null && last.topic().equals(key.topic()) && last.topicId().equals(key.topicId())) {
      return last;
    }
    FetchableTopicResponse topic =
        new FetchableTopicResponse().setTopic(key.topic()).setTopicId(key.topicId());
    data.responses().add(topic);
    return topic;
  }

  private static PartitionData partition(FetchAnswer answer, boolean readCommitted) {
    FetchResult result = answer.result();
    return new PartitionData()
        .setPartitionIndex(answer.target().key().index())
        .setErrorCode(result.error().code())
        .setHighWatermark(result.highWatermark())
        .setLastStableOffset(result.lastStableOffset())
        .setLogStartOffset(result.logStartOffset())
        .setAbortedTransactions(readCommitted ? List.of() : null)
        .setRecords(new RecordsView(result.batches()));
  }

  /** Saves the client a round trip for metadata when a partition has moved. */
  private void nameLeader(
      short version, FetchResponseData data, FetchAnswer answer, PartitionData partition) {
    Errors error = answer.result().error();
    if (error == Errors.NOT_LEADER_OR_FOLLOWER || error == Errors.FENCED_LEADER_EPOCH) {
      int known = answer.partition().map(leaders::epochOf).orElse(-1);
      partition.currentLeader().setLeaderEpoch(Math.max(known, answer.result().leaderEpoch()));
      answer
          .partition()
          .flatMap(leaders::leaderOf)
          .ifPresent(leader -> nameLeader(version, data, partition, leader));
    }
  }

  private static void nameLeader(
      short version, FetchResponseData data, PartitionData partition, Node leader) {
    partition.currentLeader().setLeaderId(leader.id());
    if (version >= FIRST_WITH_ENDPOINTS && data.nodeEndpoints().find(leader.id()) == null) {
      data.nodeEndpoints()
          .add(
              new NodeEndpoint()
                  .setNodeId(leader.id())
                  .setHost(leader.host())
                  .setPort(leader.port())
                  .setRack(leader.rack()));
    }
  }
}
