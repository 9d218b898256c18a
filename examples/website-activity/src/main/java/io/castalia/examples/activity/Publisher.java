package io.castalia.examples.activity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes the requests of a log, each once. An idempotent producer, as Kafka's is by default,
 * neither loses nor repeats nor reorders records of one partition, so a partition holds the first
 * of its lines and the number of them is its end offset. That is where a publisher that is started
 * again goes on.
 */
final class Publisher {
  private final Workload workload;

  Publisher(Workload workload) {
    this.workload = workload;
  }

  /** Publishes those of the lines that are not there yet; returns when all are. */
  void publish(List<String> lines) throws InterruptedException, ExecutionException {
    Map<Integer, Long> there = endOffsets();
    List<Future<?>> acknowledgements = new ArrayList<>();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, workload.bootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      Map<Integer, Long> passed = new HashMap<>();
      for (String line : lines) {
        String client = AccessLog.client(line);
        int partition = workload.partitionOf(client);
        if (passed.merge(partition, 1L, Long::sum) > there.getOrDefault(partition, 0L)) {
          acknowledgements.add(
              producer.send(new ProducerRecord<>(workload.topic(), partition, client, line)));
        }
      }
      for (Future<?> acknowledgement : acknowledgements) {
        acknowledgement.get();
      }
    }
  }

  private Map<Integer, Long> endOffsets() throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (int partition : workload.allPartitions()) {
      wanted.put(new TopicPartition(workload.topic(), partition), OffsetSpec.latest());
    }
    Map<Integer, Long> ends = new HashMap<>();
    try (Admin admin = Topics.admin(workload.bootstrap())) {
      admin
          .listOffsets(wanted)
          .all()
          .get()
          .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
    }
    return ends;
  }
}
