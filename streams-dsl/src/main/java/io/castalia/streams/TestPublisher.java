package io.castalia.streams;

import io.castalia.streams.ProducerMessage.Envelope;
import io.castalia.streams.ProducerMessage.Results;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;

/**
 * Stands in for {@link Producer#flow} in a test without a cluster: takes what is published, and
 * passes it on as if it were durable. For use by many threads.
 *
 * @param <K> of keys
 * @param <V> of values
 */
public final class TestPublisher<K, V> {
  private final Queue<ProducerRecord<K, V>> published = new ConcurrentLinkedQueue<>();

  private TestPublisher() {}

  /** One to which nothing was published. */
  public static <K, V> TestPublisher<K, V> create() {
    return new TestPublisher<>();
  }

  /** What to use in place of the flow of a producer. */
  public <P> Flow<Envelope<K, V, P>, Results<K, V, P>, NotUsed> flow() {
    return Flow.<Envelope<K, V, P>>create()
        .map(
            envelope -> {
              published.addAll(envelope.records());
              return new Results<>(envelope.records(), envelope.passThrough());
            });
  }

  /** The records that were published so far, in order. */
  public List<ProducerRecord<K, V>> published() {
    return List.copyOf(published);
  }
}
