package io.castalia.streams.connect.mirror;

import io.castalia.api.Header;
import io.castalia.api.OutboundRecord;
import io.castalia.streams.connect.CommonKeys;
import io.castalia.streams.connect.SourceRecord;
import io.castalia.streams.connect.TaskContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Kafka's consumer of the other cluster, for one thread at a time. */
final class RemoteReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  private static final Pattern PARTITION = Pattern.compile("(.*)-(\\d{1,9})");

  private final TaskContext task;
  private final List<String> topics;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final long lookNanos;
  private long lookedAt = System.nanoTime();
  private boolean closed;

  /** A reader of the task's share of the partitions of the topics. */
  RemoteReader(TaskContext task, List<String> topics, Map<String, String> positions) {
    this.task = task;
    this.topics = topics;
    Map<String, Object> properties = ClientProperties.CONSUMER.of(task.config(), task.id());
    this.lookNanos =
        TimeUnit.MILLISECONDS.toNanos(
            Long.parseLong(String.valueOf(properties.get(ConsumerConfig.METADATA_MAX_AGE_CONFIG))));
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    OtherCluster.watch(task, consumer::metrics);
    try {
      begin(positions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private void begin(Map<String, String> positions) {
    List<TopicPartition> own = shares();
    consumer.assign(own);
    for (TopicPartition each : own) {
      String position = positions.get(each.toString());
      if (position == null) {
        consumer.seekToBeginning(List.of(each));
      } else {
        consumer.seek(each, Long.parseLong(position));
      }
    }
  }

  /** Partitions that have been added since are read from their first record on. */
  private void lookForAdded() {
    long now = System.nanoTime();
    if (now - lookedAt < lookNanos) {
      return;
    }
    lookedAt = now;
    Set<TopicPartition> all = new HashSet<>(consumer.assignment());
    List<TopicPartition> added = shares().stream().filter(all::add).toList();
    if (!added.isEmpty()) {
      consumer.assign(all);
      consumer.seekToBeginning(added);
    }
  }

  private List<TopicPartition> shares() {
    List<TopicPartition> own = new ArrayList<>();
    for (int i = 0; i < topics.size(); i++) {
      own.addAll(share(i, topics.get(i)));
    }
    return own;
  }

  /** Stays the task's when partitions are added to this topic or to another one. */
  private List<TopicPartition> share(int number, String topic) {
    var partitions = consumer.partitionsFor(topic);
    if (partitions == null || partitions.isEmpty()) {
      throw new IllegalStateException(
          "expected a topic \"%s\" at %s, but there is none"
              .formatted(topic, task.config().get(MirrorKeys.BOOTSTRAP)));
    }
    return partitions.stream()
        .filter(each -> takes(task, number, each.partition()))
        .map(each -> new TopicPartition(topic, each.partition()))
        .toList();
  }

  private static boolean takes(TaskContext task, int number, int partition) {
    return task.takes(number + partition);
  }

  /** Whether a task reads a partition, by its name in positions. */
  static boolean reads(TaskContext task, String piece) {
    List<String> topics = task.config().get(CommonKeys.TOPICS);
    Matcher named = PARTITION.matcher(piece);
    if (!named.matches()) {
      return false;
    }
    int number = topics.indexOf(named.group(1));
    return number >= 0 && takes(task, number, Integer.parseInt(named.group(2)));
  }

  /** What has come within half a second; nothing if that is nothing, or after the end. */
  synchronized List<SourceRecord> poll() {
    if (closed) {
      return List.of();
    }
    lookForAdded();
    List<SourceRecord> records = new ArrayList<>();
    consumer.poll(POLL).forEach(each -> records.add(record(each)));
    return records;
  }

  private SourceRecord record(ConsumerRecord<byte[], byte[]> read) {
    List<Header> headers =
        StreamSupport.stream(read.headers().spliterator(), false)
            .map(header -> new Header(header.key(), bytes(header.value())))
            .toList();
    return new SourceRecord(
        task.config().get(MirrorKeys.PREFIX) + read.topic(),
        OptionalInt.of(read.partition()),
        new OutboundRecord(
            bytes(read.key()), bytes(read.value()), Math.max(0, read.timestamp()), headers),
        new SourceRecord.Position(
            new TopicPartition(read.topic(), read.partition()).toString(),
            Long.toString(read.offset() + 1)),
        new CompletableFuture<>());
  }

  private static @Nullable ByteString bytes(byte @Nullable [] array) {
    return array == null ? null : ByteString.fromArrayUnsafe(array);
  }

  @Override
  public synchronized void close() {
    closed = true;
    consumer.close();
  }
}
