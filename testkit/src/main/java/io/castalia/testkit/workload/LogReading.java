package io.castalia.testkit.workload;

import io.castalia.testkit.history.LogContent;
import io.castalia.testkit.history.LogContent.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Reads partitions from their starts to their ends. */
final class LogReading {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int IDLE_POLLS = 150;

  private final Consumer<?, ?> client;

  private LogReading(Consumer<?, ?> client) {
    this.client = client;
  }

  /** The whole content of all partitions of the topics. Closes the client. */
  static List<LogContent> read(Consumer<?, ?> client, Collection<String> topics) {
    try (client) {
      LogReading reading = new LogReading(client);
      return topics.stream()
          .flatMap(topic -> client.partitionsFor(topic).stream())
          .map(LogReading::partition)
          .map(reading::read)
          .toList();
    }
  }

  private static TopicPartition partition(PartitionInfo info) {
    return new TopicPartition(info.topic(), info.partition());
  }

  /** What cannot be read within half a minute counts as missing. */
  private LogContent read(TopicPartition partition) {
    List<TopicPartition> one = List.of(partition);
    client.assign(one);
    long start = client.beginningOffsets(one).getOrDefault(partition, 0L);
    long end = client.endOffsets(one).getOrDefault(partition, 0L);
    client.seek(partition, start);
    List<StoredRecord> records = new ArrayList<>();
    int idle = 0;
    while (client.position(partition) < end && idle < IDLE_POLLS) {
      int before = records.size();
      client.poll(POLL).forEach(record -> records.add(stored(record)));
      idle = records.size() == before ? idle + 1 : 0;
    }
    return new LogContent(partition.toString(), start, end, records);
  }

  private static StoredRecord stored(ConsumerRecord<?, ?> record) {
    return new StoredRecord(
        record.offset(),
        RecordMark.id(record),
        RecordMark.digest(record.key(), record.value()),
        record.leaderEpoch().orElse(StoredRecord.UNKNOWN_EPOCH));
  }
}
