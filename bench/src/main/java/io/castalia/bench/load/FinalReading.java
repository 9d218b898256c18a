package io.castalia.bench.load;

import io.castalia.testkit.history.LogContent;
import io.castalia.testkit.history.LogContent.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads every partition from its start to its end. */
public final class FinalReading {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final int IDLE_POLLS = 60;

  private final KafkaConsumer<byte[], byte[]> consumer;

  private FinalReading(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** The whole content of every partition. */
  public static List<LogContent> read(String bootstrap, Load load) {
    try (KafkaConsumer<byte[], byte[]> consumer = PlainConsumer.open(bootstrap)) {
      return Partitions.of(load).stream().map(new FinalReading(consumer)::read).toList();
    }
  }

  private LogContent read(TopicPartition partition) {
    List<TopicPartition> one = List.of(partition);
    consumer.assign(one);
    long start = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
    long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
    consumer.seek(partition, start);
    List<StoredRecord> records = new ArrayList<>();
    int idle = 0;
    while (consumer.position(partition) < end && idle < IDLE_POLLS) {
      int before = records.size();
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        records.add(
            new StoredRecord(record.offset(), LoadRecords.id(record), LoadRecords.digest(record)));
      }
      idle = records.size() == before ? idle + 1 : 0;
    }
    return new LogContent(partition.toString(), start, end, records);
  }
}
