package io.castalia.testkit.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Producers and consumers that work on a topic while a test does things to the cluster, and are
 * recorded. For any cluster that Kafka's clients can use.
 */
public final class Workload implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final WorkloadClients clients;
  private final String topic;
  private final Recorder recorder = new Recorder();
  private final List<Loop> producers = new ArrayList<>();
  private final List<Loop> consumers = new ArrayList<>();
  private final List<Map<TopicPartition, Long>> positions = new ArrayList<>();
  private final AtomicLong acknowledged = new AtomicLong();

  Workload(WorkloadClients clients, String topic) {
    this.clients = clients;
    this.topic = topic;
  }

  /**
   * A workload of one producer and one reader, unless told otherwise.
   *
   * @param clients settings of all clients, at least {@code bootstrap.servers}
   */
  public static WorkloadBuilder on(Map<String, Object> clients) {
    return new WorkloadBuilder(clients);
  }

  void begin(WorkloadBuilder.Size size, int recordsPerSecond) {
    for (int number = 1; number <= size.readers(); number++) {
      read("reader-" + number);
    }
    Map<TopicPartition, Long> group = new ConcurrentHashMap<>();
    for (int number = 1; number <= size.members(); number++) {
      MemberWork member =
          new MemberWork(
              clients, recorder, "member-" + number, topic, record -> note(group, record));
      consumers.add(new Loop("member-" + number, member::step, member::close));
    }
    if (size.members() > 0) {
      positions.add(group);
    }
    for (int number = 1; number <= size.producers(); number++) {
      produce("producer-" + number, SECOND_NANOS / recordsPerSecond);
    }
  }

  private void produce(String name, long pauseNanos) {
    RecordingProducer<String, String> producer = recorder.producer(name, clients.producer(name));
    AtomicLong number = new AtomicLong();
    producers.add(
        new Loop(
            name,
            () -> {
              var unused =
                  producer.send(
                      new ProducerRecord<>(topic, name, "value " + number.incrementAndGet()),
                      acknowledged::incrementAndGet);
              LockSupport.parkNanos(pauseNanos);
            },
            producer::close));
  }

  private void read(String name) {
    Map<TopicPartition, Long> seen = new ConcurrentHashMap<>();
    positions.add(seen);
    Consumer<String, String> client = clients.reader(name);
    RecordingConsumer<String, String> reader = recorder.consumer(name, client);
    reader.readAll(partitions(client));
    consumers.add(
        new Loop(
            name,
            () -> {
              try {
                reader.poll(POLL).forEach(record -> note(seen, record));
              } catch (TimeoutException e) {
                // What the client asks in the background while a node is away: it asks again.
                LockSupport.parkNanos(POLL.toNanos());
              }
            },
            reader::close));
  }

  private List<TopicPartition> partitions(Consumer<?, ?> client) {
    return client.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private static void note(Map<TopicPartition, Long> seen, ConsumerRecord<?, ?> record) {
    seen.merge(
        new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max);
  }

  /** How many records were acknowledged so far. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /**
   * Waits until so many more records have been acknowledged.
   *
   * @throws AssertionError if that takes more than a minute
   */
  public void awaitAcknowledged(long more) {
    long target = acknowledged() + more;
    if (!isSoInTime(() -> acknowledged() >= target)) {
      throw new AssertionError(
          "expected %d more records to be acknowledged within %d s, but it were %d"
              .formatted(more, PATIENCE.toSeconds(), more - target + acknowledged()));
    }
  }

  /**
   * Ends it: has the producers learn the outcome of all that they sent and the consumers read what
   * there is, reads the topic from start to end, and judges.
   */
  public Verdict finish() {
    endAll(producers);
    try (Consumer<String, String> client = clients.reader("ends")) {
      Map<TopicPartition, Long> ends = client.endOffsets(partitions(client));
      // What a consumer does not come to see is in the verdict.
      boolean unused =
          isSoInTime(() -> positions.stream().allMatch(seen -> hasReached(seen, ends)));
    }
    endAll(consumers);
    return recorder.judge(clients.reader("judge"), topic);
  }

  private static boolean hasReached(
      Map<TopicPartition, Long> seen, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> seen.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  private static boolean isSoInTime(BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }

  private static void endAll(List<Loop> loops) {
    loops.forEach(Loop::end);
    loops.clear();
  }

  /** Ends all clients, for a test that failed before it could {@link #finish}. */
  @Override
  public void close() {
    endAll(producers);
    endAll(consumers);
  }
}
