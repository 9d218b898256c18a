package io.castalia.streams;

import io.castalia.api.CastaliaClient;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How a source reads. Immutable; each {@code with} method gives a changed copy.
 *
 * @param system the actor system in which the source runs
 * @param keyDeserializer for keys; gets null for a record without a key
 * @param valueDeserializer for values; gets null for a tombstone
 * @param group the consumer group to which the source belongs
 * @param offsetReset where to start when there is no offset, or when it is out of range
 * @param fetch how records are fetched
 */
public record ConsumerSettings<K, V>(
    ActorSystem<?> system,
    Deserializer<K> keyDeserializer,
    Deserializer<V> valueDeserializer,
    GroupSettings group,
    OffsetReset offsetReset,
    FetchSettings fetch) {
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(10);

  /** Settings with Kafka's defaults: start at the end when there is no offset. */
  public static <K, V> ConsumerSettings<K, V> create(
      ActorSystem<?> system, Deserializer<K> keyDeserializer, Deserializer<V> valueDeserializer) {
    return new ConsumerSettings<>(
        system,
        keyDeserializer,
        valueDeserializer,
        GroupSettings.NONE,
        OffsetReset.LATEST,
        FetchSettings.DEFAULT);
  }

  /** The consumer group whose members share topics, and under whose name offsets are committed. */
  public ConsumerSettings<K, V> withGroupId(String groupId) {
    return with(
        new GroupSettings(groupId, group.clientId(), group.instanceId(), group.rebalanceTimeout()));
  }

  /** What operators see as the client id of the group's member. */
  public ConsumerSettings<K, V> withClientId(String clientId) {
    return with(
        new GroupSettings(group.groupId(), clientId, group.instanceId(), group.rebalanceTimeout()));
  }

  /** Makes the source a static member, which keeps its partitions when it is restarted. */
  public ConsumerSettings<K, V> withGroupInstanceId(String instanceId) {
    return with(
        new GroupSettings(
            group.groupId(), group.clientId(), Optional.of(instanceId), group.rebalanceTimeout()));
  }

  /**
   * How long a partition that goes to another member, or a source that ends, may take until
   * everything that it emitted has been committed.
   */
  public ConsumerSettings<K, V> withRebalanceTimeout(Duration timeout) {
    return with(new GroupSettings(group.groupId(), group.clientId(), group.instanceId(), timeout));
  }

  /** Where to start when there is no offset, or when it is out of range. */
  public ConsumerSettings<K, V> withOffsetReset(OffsetReset reset) {
    return new ConsumerSettings<>(system, keyDeserializer, valueDeserializer, group, reset, fetch);
  }

  /**
   * How records are fetched.
   *
   * @param maxBytes record bytes per fetch and partition, a soft limit
   * @param maxWait how long a fetch waits for a first record
   */
  public ConsumerSettings<K, V> withFetch(int maxBytes, Duration maxWait) {
    return with(new FetchSettings(maxBytes, maxWait, fetch.retryTimeout()));
  }

  /** How long to repeat what fails with a retriable error before the stream fails. */
  public ConsumerSettings<K, V> withRetryTimeout(Duration timeout) {
    return with(new FetchSettings(fetch.maxBytes(), fetch.maxWait(), timeout));
  }

  private ConsumerSettings<K, V> with(GroupSettings other) {
    return new ConsumerSettings<>(
        system, keyDeserializer, valueDeserializer, other, offsetReset, fetch);
  }

  private ConsumerSettings<K, V> with(FetchSettings other) {
    return new ConsumerSettings<>(
        system, keyDeserializer, valueDeserializer, group, offsetReset, other);
  }

  CastaliaClient client() {
    return CastaliaClient.create(system, REPLY_TIMEOUT);
  }
}
