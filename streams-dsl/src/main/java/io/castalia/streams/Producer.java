package io.castalia.streams;

import io.castalia.streams.ConsumerMessage.Committable;
import io.castalia.streams.ProducerMessage.Envelope;
import io.castalia.streams.ProducerMessage.Results;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.FlowWithContext;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * Sinks and flows that publish records, in order within each partition and exactly once within one
 * stream. Records gather while the last group is under way. A record that cannot be published fails
 * the stream with Kafka's exception.
 */
public final class Producer {
  private Producer() {}

  /**
   * Publishes each record. The materialized stage completes when the stream has completed and
   * everything is durable.
   */
  public static <K, V> Sink<ProducerRecord<K, V>, CompletionStage<Done>> plainSink(
      ProducerSettings<K, V> settings) {
    return Flow.<ProducerRecord<K, V>>create()
        .map(record -> ProducerMessage.single(record))
        .via(flexiFlow(settings))
        .toMat(Sink.ignore(), Keep.right());
  }

  /** Publishes the records of each envelope, and emits it when they are durable, in order. */
  public static <K, V, P> Flow<Envelope<K, V, P>, Results<K, V, P>, NotUsed> flexiFlow(
      ProducerSettings<K, V> settings) {
    return Flow.<Envelope<K, V, P>, Results<K, V, P>, NotUsed>fromMaterializer(
            (materializer, attributes) -> publishing(settings))
        .mapMaterializedValue(ignored -> NotUsed.getInstance());
  }

  /**
   * Publishes the records of each envelope and then commits its offset: what is consumed is
   * published at least once, and once as long as no stream fails.
   */
  public static <K, V, C extends Committable>
      Sink<Envelope<K, V, C>, CompletionStage<Done>> committableSink(
          ProducerSettings<K, V> settings, CommitterSettings committer) {
    return Producer.<K, V, C>flexiFlow(settings)
        .map(Results::passThrough)
        .toMat(Committer.sink(committer), Keep.right());
  }

  /**
   * As {@link #flexiFlow}, where what is passed on is the context: for streams of {@link
   * Consumer#sourceWithOffsetContext}.
   */
  public static <K, V, P, C>
      FlowWithContext<Envelope<K, V, P>, C, Results<K, V, P>, C, NotUsed> flowWithContext(
          ProducerSettings<K, V> settings) {
    return FlowWithContext.fromPairs(
        Flow.<Pair<Envelope<K, V, P>, C>>create()
            .map(pair -> new Envelope<>(pair.first().records(), pair))
            .via(flexiFlow(settings))
            .map(
                results ->
                    Pair.create(
                        new Results<>(
                            results.records(), results.passThrough().first().passThrough()),
                        results.passThrough().second())));
  }

  /**
   * As {@link #committableSink}, with the offset in the context: for streams of {@link
   * Consumer#sourceWithOffsetContext}.
   */
  public static <K, V, P, C extends Committable>
      Sink<Pair<Envelope<K, V, P>, C>, CompletionStage<Done>> committableSinkWithOffsetContext(
          ProducerSettings<K, V> settings, CommitterSettings committer) {
    return Flow.<Pair<Envelope<K, V, P>, C>>create()
        .map(pair -> new Envelope<>(pair.first().records(), pair.second()))
        .toMat(committableSink(settings, committer), Keep.right());
  }

  /** An envelope with its records as they are sent. */
  private record Prepared<K, V, P>(
      Envelope<K, V, P> envelope, List<RecordPublisher.Serialized> records) {
    /** What an envelope without records weighs, so that no group of them is without end. */
    private static final long WEIGHT = 1;

    long bytes() {
      return records.stream().mapToLong(RecordPublisher.Serialized::bytes).sum() + WEIGHT;
    }

    Results<K, V, P> results() {
      return new Results<>(envelope.records(), envelope.passThrough());
    }
  }

  private static <K, V, P> Flow<Envelope<K, V, P>, Results<K, V, P>, NotUsed> publishing(
      ProducerSettings<K, V> settings) {
    var publisher = new RecordPublisher<>(settings);
    return Flow.<Envelope<K, V, P>>create()
        .map(
            envelope ->
                new Prepared<>(
                    envelope, envelope.records().stream().map(publisher::serialize).toList()))
        .groupedWeightedWithin(
            settings.batchBytes(), prepared -> prepared.bytes(), settings.linger())
        .mapAsync(1, group -> publish(publisher, group))
        .mapConcat(group -> group)
        .map(Prepared::results);
  }

  private static <K, V, P> CompletionStage<List<Prepared<K, V, P>>> publish(
      RecordPublisher<K, V> publisher, List<Prepared<K, V, P>> group) {
    return publisher
        .publish(group.stream().flatMap(prepared -> prepared.records().stream()).toList())
        .thenApply(done -> group);
  }
}
