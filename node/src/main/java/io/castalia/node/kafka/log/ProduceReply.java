package io.castalia.node.kafka.log;

import io.castalia.actors.partition.AppendResult;
import io.castalia.actors.partition.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.BatchIndexAndErrorMessage;
import org.apache.kafka.common.message.ProduceResponseData.LeaderIdAndEpoch;
import org.apache.kafka.common.message.ProduceResponseData.NodeEndpoint;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponseCollection;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ProduceResponse;

/** Gathers the results of one Produce request in the shape of its response. */
final class ProduceReply {
  private static final short FIRST_WITH_LEADERS = 10;

  private final PartitionLeaders leaders;
  private final short version;
  private final TopicProduceResponseCollection topics = new TopicProduceResponseCollection();
  private final List<Slot> slots = new ArrayList<>();

  /**
   * @param version the version of the request
   */
  ProduceReply(PartitionLeaders leaders, short version) {
    this.leaders = leaders;
    this.version = version;
  }

  /** The place of a partition's result; to be called in the order of the request. */
  Slot slot(TopicProduceData topic, int index, Optional<PartitionId> partition) {
    TopicProduceResponse response = topics.find(topic.name(), topic.topicId());
    if (response == null) {
      response = new TopicProduceResponse().setName(topic.name()).setTopicId(topic.topicId());
      topics.add(response);
    }
    Slot slot = new Slot(new PartitionProduceResponse().setIndex(index), partition);
    response.partitionResponses().add(slot.response);
    slots.add(slot);
    return slot;
  }

  /** The response, once every slot has been set. */
  ProduceResponse response() {
    ProduceResponseData data = new ProduceResponseData().setResponses(topics);
    if (version < FIRST_WITH_LEADERS) {
      return new ProduceResponse(data);
    }
    for (Slot slot : slots) {
      if (slot.response.errorCode() == Errors.NOT_LEADER_OR_FOLLOWER.code()) {
        int known = slot.partition.map(leaders::epochOf).orElse(-1);
        slot.response.setCurrentLeader(
            new LeaderIdAndEpoch().setLeaderEpoch(Math.max(known, slot.leaderEpoch)));
        slot.partition
            .flatMap(leaders::leaderOf)
            .ifPresent(leader -> nameLeader(data, slot.response, leader));
      }
    }
    return new ProduceResponse(data);
  }

  /** Saves the client a round trip for metadata when a partition has moved. */
  private static void nameLeader(
      ProduceResponseData data, PartitionProduceResponse response, Node leader) {
    response.currentLeader().setLeaderId(leader.id());
    if (data.nodeEndpoints().find(leader.id()) == null) {
      data.nodeEndpoints()
          .add(
              new NodeEndpoint()
                  .setNodeId(leader.id())
                  .setHost(leader.host())
                  .setPort(leader.port())
                  .setRack(leader.rack()));
    }
  }

  /** One partition's place in the response; set by one thread, read when all are set. */
  static final class Slot {
    private final PartitionProduceResponse response;
    private final Optional<PartitionId> partition;
    private int leaderEpoch = -1;

    private Slot(PartitionProduceResponse response, Optional<PartitionId> partition) {
      this.response = response;
      this.partition = partition;
    }

    void set(AppendResult result) {
      response
          .setErrorCode(result.error().code())
          .setBaseOffset(result.baseOffset())
          .setLogAppendTimeMs(result.logAppendTime())
          .setLogStartOffset(result.logStartOffset());
      if (result.error() == Errors.NONE) {
        return;
      }
      leaderEpoch = result.leaderEpoch();
      response
          .setErrorMessage(result.message().isEmpty() ? null : result.message())
          .setRecordErrors(result.recordErrors().stream().map(Slot::recordError).toList());
    }

    private static BatchIndexAndErrorMessage recordError(AppendResult.RecordError error) {
      return new BatchIndexAndErrorMessage()
          .setBatchIndex(error.index())
          .setBatchIndexErrorMessage(error.message());
    }
  }
}
