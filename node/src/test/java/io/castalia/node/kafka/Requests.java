package io.castalia.node.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.ProduceRequest;

/** Requests, of records for one partition each. */
public final class Requests {
  static final short ACKS_ALL = -1;
  static final short ACKS_NONE = 0;

  private Requests() {}

  public static MemoryRecords batch(String... values) {
    return MemoryRecords.withRecords(
        Compression.NONE,
        Arrays.stream(values)
            .map(value -> new SimpleRecord(value.getBytes(StandardCharsets.UTF_8)))
            .toArray(SimpleRecord[]::new));
  }

  public static ProduceRequest produce(
      short version, short acks, String topic, int partition, MemoryRecords records) {
    TopicProduceData data =
        new TopicProduceData()
            .setName(topic)
            .setPartitionData(
                List.of(new PartitionProduceData().setIndex(partition).setRecords(records)));
    return new ProduceRequest(
        new ProduceRequestData()
            .setAcks(acks)
            .setTimeoutMs(10_000)
            .setTopicData(new TopicProduceDataCollection(List.of(data).iterator())),
        version);
  }

  /** A record that is to be acknowledged, in a version in which topics have names. */
  static ProduceRequest produce(String topic, int partition, String value) {
    return produce((short) 9, ACKS_ALL, topic, partition, batch(value));
  }

  static ApiVersionsRequest apiVersions() {
    return new ApiVersionsRequest(
        new ApiVersionsRequestData().setClientSoftwareName("raw").setClientSoftwareVersion("1"),
        (short) 4);
  }

  /** A fetch of up to 1 MiB that waits for one byte, without a session. */
  static FetchRequest fetch(short version, String topic, Uuid id, long offset, int maxWait) {
    return new FetchRequest(data(topic, id, offset, maxWait), version);
  }

  static FetchRequestData data(String topic, Uuid id, long offset, int maxWait) {
    return new FetchRequestData()
        .setReplicaId(-1)
        .setMaxWaitMs(maxWait)
        .setMinBytes(1)
        .setMaxBytes(1 << 20)
        .setTopics(List.of(topic(topic, id, offset)));
  }

  private static FetchTopic topic(String topic, Uuid id, long offset) {
    FetchPartition partition =
        new FetchPartition().setPartition(0).setFetchOffset(offset).setPartitionMaxBytes(1 << 20);
    return new FetchTopic().setTopic(topic).setTopicId(id).setPartitions(List.of(partition));
  }
}
