package io.castalia.node.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.topic.TopicDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchRequestData.ForgottenTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.Records;
import org.apache.kafka.common.requests.FetchMetadata;

/** Fetch requests by topic id, and what their answers hold. */
final class Fetches {
  static final int VERSION = 17;
  static final int MIB = 1 << 20;

  private Fetches() {}

  /** One that does not wait, for up to 1 MiB, and wants no session. */
  static FetchRequestData of(FetchTopic... topics) {
    return session(FetchMetadata.INVALID_SESSION_ID, FetchMetadata.FINAL_EPOCH, topics);
  }

  static FetchRequestData session(int sessionId, int epoch, FetchTopic... topics) {
    return new FetchRequestData()
        .setSessionId(sessionId)
        .setSessionEpoch(epoch)
        .setMaxWaitMs(0)
        .setMinBytes(1)
        .setMaxBytes(MIB)
        .setTopics(Arrays.asList(topics));
  }

  static FetchTopic from(TopicDescription topic, long offset, int... partitions) {
    return upTo(MIB, topic, offset, partitions);
  }

  static FetchTopic upTo(int maxBytes, TopicDescription topic, long offset, int... partitions) {
    List<FetchPartition> wanted = new ArrayList<>();
    for (int index : partitions) {
      wanted.add(
          new FetchPartition()
              .setPartition(index)
              .setFetchOffset(offset)
              .setPartitionMaxBytes(maxBytes));
    }
    return new FetchTopic().setTopic(topic.name()).setTopicId(topic.id()).setPartitions(wanted);
  }

  static ForgottenTopic forgotten(TopicDescription topic, Integer... partitions) {
    return new ForgottenTopic()
        .setTopic(topic.name())
        .setTopicId(topic.id())
        .setPartitions(List.of(partitions));
  }

  static List<PartitionData> partitions(FetchResponseData answer) {
    return answer.responses().stream().flatMap(topic -> topic.partitions().stream()).toList();
  }

  static List<Integer> indexes(FetchResponseData answer) {
    return partitions(answer).stream().map(PartitionData::partitionIndex).toList();
  }

  static int bytes(FetchResponseData answer) {
    return partitions(answer).stream().mapToInt(each -> each.records().sizeInBytes()).sum();
  }

  static List<Long> baseOffsets(PartitionData partition) {
    List<Long> offsets = new ArrayList<>();
    for (RecordBatch batch : ((Records) partition.records()).batches()) {
      offsets.add(batch.baseOffset());
    }
    return offsets;
  }

  /** The answer for the one partition that was asked for. */
  static PartitionData only(FetchResponseData answer) {
    List<PartitionData> answers = partitions(answer);
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  static List<Errors> errors(FetchResponseData answer) {
    return partitions(answer).stream().map(each -> Errors.forCode(each.errorCode())).toList();
  }
}
