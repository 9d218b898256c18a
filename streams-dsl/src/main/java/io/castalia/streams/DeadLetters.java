package io.castalia.streams;

import io.castalia.streams.ProducerMessage.Envelope;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.javadsl.FlowWithContext;

/**
 * Dead letters: a record that cannot be processed goes to a topic, with the reason and the place
 * that it came from in its headers, and the stream goes on. First {@link #attempt} the work, then
 * pass the attempts through {@link #flowWithContext}.
 *
 * <p>The headers are those of Kafka Connect's dead letter queues, so that tools know them; each is
 * text.
 */
public final class DeadLetters {
  /** The topic that the record was read from. */
  public static final String TOPIC = "__connect.errors.topic";

  /** The partition that the record was read from. */
  public static final String PARTITION = "__connect.errors.partition";

  /** The record's offset in that partition. */
  public static final String OFFSET = "__connect.errors.offset";

  /** The class of the failure. */
  public static final String EXCEPTION_CLASS = "__connect.errors.exception.class.name";

  /** What the failure said. */
  public static final String EXCEPTION_MESSAGE = "__connect.errors.exception.message";

  /** Where the failure came from, cut after {@value #MAX_STACK_TRACE} characters. */
  public static final String EXCEPTION_STACK_TRACE = "__connect.errors.exception.stacktrace";

  private static final int MAX_STACK_TRACE = 8_192;

  private DeadLetters() {}

  /**
   * What became of a record.
   *
   * @param record as it was read
   * @param result what the work gave; nothing if it failed, or gave null
   * @param failure why it failed
   */
  public record Attempt<K, V, T>(
      ConsumerRecord<K, V> record, Optional<T> result, Optional<Throwable> failure) {
    private static <K, V, T> Attempt<K, V, T> failed(ConsumerRecord<K, V> record, Throwable cause) {
      return new Attempt<>(record, Optional.empty(), Optional.of(Retry.rootOf(cause)));
    }
  }

  /**
   * Work whose failures are values, for {@code mapAsync} or {@link KeyOrder}. An {@link Error}, as
   * of a lack of memory, is no property of the record: it is thrown on.
   */
  public static <K, V, T> Function<ConsumerRecord<K, V>, CompletionStage<Attempt<K, V, T>>> attempt(
      Function<ConsumerRecord<K, V>, CompletionStage<T>> work) {
    return record -> {
      CompletionStage<T> begun;
      try {
        begun = work.apply(record);
      } catch (Exception e) {
        begun = CompletableFuture.failedStage(e);
      }
      return begun.handle(
          (result, failure) ->
              failure == null
                  ? new Attempt<>(record, Optional.ofNullable(result), Optional.empty())
                  : failedUnlessFatal(record, failure));
    };
  }

  private static <K, V, T> Attempt<K, V, T> failedUnlessFatal(
      ConsumerRecord<K, V> record, Throwable failure) {
    if (Retry.rootOf(failure) instanceof Error error) {
      throw error;
    }
    return Attempt.failed(record, failure);
  }

  /** Work that deserializes records which were read as bytes. */
  public static <K, V>
      Function<ConsumerRecord<byte[], byte[]>, CompletionStage<ConsumerRecord<K, V>>> deserializing(
          Deserializer<K> keys, Deserializer<V> values) {
    return record ->
        CompletableFuture.completedStage(
            new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                keys.deserialize(record.topic(), record.headers(), record.key()),
                values.deserialize(record.topic(), record.headers(), record.value()),
                record.headers(),
                record.leaderEpoch()));
  }

  /**
   * Emits the result of each attempt, or nothing in its place when it failed and its record has
   * been published to a topic and is durable there. The order is kept, so offsets in the context
   * can be committed; a crash between publication and commit publishes a dead letter again.
   *
   * <p>A dead letter that cannot be published, as when there is no such topic, fails the stream
   * with Kafka's exception: nothing is dropped.
   *
   * @param topic where dead letters go
   * @param settings how they get there
   */
  public static <K, V, T, C>
      FlowWithContext<Attempt<K, V, T>, C, Optional<T>, C, NotUsed> flowWithContext(
          String topic, ProducerSettings<K, V> settings) {
    return FlowWithContext.<Attempt<K, V, T>, C>create()
        .map(attempt -> envelope(topic, attempt))
        .via(Producer.flowWithContext(settings))
        .map(ProducerMessage.Results::passThrough);
  }

  private static <K, V, T> Envelope<K, V, Optional<T>> envelope(
      String topic, Attempt<K, V, T> attempt) {
    return attempt
        .failure()
        .map(
            failure ->
                ProducerMessage.single(letter(topic, attempt.record(), failure), attempt.result()))
        .orElseGet(() -> ProducerMessage.passThrough(attempt.result()));
  }

  private static <K, V> ProducerRecord<K, V> letter(
      String topic, ConsumerRecord<K, V> record, Throwable failure) {
    Headers headers = new RecordHeaders(record.headers());
    put(headers, TOPIC, record.topic());
    put(headers, PARTITION, Integer.toString(record.partition()));
    put(headers, OFFSET, Long.toString(record.offset()));
    put(headers, EXCEPTION_CLASS, failure.getClass().getName());
    put(headers, EXCEPTION_MESSAGE, String.valueOf(failure.getMessage()));
    put(headers, EXCEPTION_STACK_TRACE, stackTrace(failure));
    return new ProducerRecord<>(topic, null, null, record.key(), record.value(), headers);
  }

  /** A letter that dies once more keeps only the last reason. */
  private static void put(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.getBuffer().substring(0, Math.min(text.getBuffer().length(), MAX_STACK_TRACE));
  }
}
