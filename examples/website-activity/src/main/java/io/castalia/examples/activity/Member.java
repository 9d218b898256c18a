package io.castalia.examples.activity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * One member of a group. It counts the partitions that it is given, from where their last tally
 * ends, and keeps the tallies in the topic of results after each poll.
 */
final class Member implements ConsumerRebalanceListener {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Question question;
  private final Workload workload;
  private final KafkaConsumer<String, String> consumer;
  private final KafkaProducer<String, String> producer;
  private final Results results;
  private final Map<TopicPartition, TallyBuilder> counting = new HashMap<>();
  private volatile Ending ending = Ending.NONE;

  private enum Ending {
    NONE,
    CLEAN,
    CRASH
  }

  /**
   * Connects.
   *
   * @param name the same when it is started again: the group then gives it at once what it had
   */
  Member(String name, Question question, Workload workload) {
    this.question = question;
    this.workload = workload;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                workload.bootstrap(),
                ConsumerConfig.GROUP_ID_CONFIG,
                question.group(workload.topic()),
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                name,
                ConsumerConfig.CLIENT_ID_CONFIG,
                name,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new StringDeserializer(),
            new StringDeserializer());
    this.producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, workload.bootstrap()),
            new StringSerializer(),
            new StringSerializer());
    this.results = new Results(workload.bootstrap(), question.resultsTopic(workload.topic()));
  }

  /** Counts until it is told to end. */
  void run() throws InterruptedException, ExecutionException {
    try {
      consumer.subscribe(List.of(workload.topic()), this);
      while (ending == Ending.NONE) {
        ConsumerRecords<String, String> records = consumer.poll(POLL);
        records.forEach(this::count);
        if (ending != Ending.CRASH) {
          keep(records.partitions());
        }
      }
    } finally {
      close();
    }
  }

  private void count(ConsumerRecord<String, String> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    counting(partition).add(record.offset(), record.value());
  }

  private TallyBuilder counting(TopicPartition partition) {
    TallyBuilder found = counting.get(partition);
    if (found == null) {
      throw new IllegalStateException("expected records of what is assigned, not of " + partition);
    }
    return found;
  }

  /** Only when the tallies are kept is anything told to the group. */
  private void keep(Collection<TopicPartition> partitions)
      throws InterruptedException, ExecutionException {
    List<Future<?>> acknowledgements = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      acknowledgements.add(
          producer.send(
              new ProducerRecord<>(
                  question.resultsTopic(workload.topic()),
                  partition.partition(),
                  Integer.toString(partition.partition()),
                  counting(partition).tally().toText())));
    }
    for (Future<?> acknowledgement : acknowledgements) {
      acknowledgement.get();
    }
    if (!partitions.isEmpty()) {
      // For whoever watches the group; members go by the tallies.
      consumer.commitAsync();
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Map<Integer, Tally> kept =
        results.of(partitions.stream().map(TopicPartition::partition).toList());
    for (TopicPartition partition : partitions) {
      Tally tally = kept.getOrDefault(partition.partition(), Tally.NOTHING);
      counting.put(partition, new TallyBuilder(question, tally));
      consumer.seek(partition, tally.next());
    }
  }

  /** All that was counted is kept already. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    counting.keySet().removeAll(partitions);
  }

  /** Ends it after the next poll. */
  void stop() {
    ending = Ending.CLEAN;
  }

  /** Ends it as a crash does: what it has counted since the last tally is lost. */
  void crash() {
    ending = Ending.CRASH;
  }

  private void close() {
    boolean clean = ending == Ending.CLEAN;
    consumer.close(
        CloseOptions.timeout(clean ? Duration.ofSeconds(10) : Duration.ZERO)
            .withGroupMembershipOperation(
                clean
                    ? GroupMembershipOperation.LEAVE_GROUP
                    : GroupMembershipOperation.REMAIN_IN_GROUP));
    producer.close(Duration.ZERO);
    results.close();
  }
}
