package io.castalia.streams;

import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;

/** Sinks of records. */
public final class Producer {
  private Producer() {}

  /**
   * Publishes each record, in order within each partition and exactly once within this stream.
   * Records gather while the last group is under way. The materialized stage completes when the
   * stream has completed and everything is durable, and fails with Kafka's exception when a record
   * could not be published.
   */
  public static <K, V> Sink<ProducerRecord<K, V>, CompletionStage<Done>> plainSink(
      ProducerSettings<K, V> settings) {
    return Flow.<ProducerRecord<K, V>>create()
        .viaMat(publishing(settings), Keep.right())
        .toMat(Sink.ignore(), Keep.right());
  }

  private static <K, V> Flow<ProducerRecord<K, V>, Done, NotUsed> publishing(
      ProducerSettings<K, V> settings) {
    return Flow.<ProducerRecord<K, V>, Done, NotUsed>fromMaterializer(
            (materializer, attributes) -> {
              var publisher = new RecordPublisher<>(settings);
              return Flow.<ProducerRecord<K, V>>create()
                  .map(publisher::serialize)
                  .groupedWeightedWithin(
                      settings.batchBytes(), RecordPublisher.Serialized::bytes, settings.linger())
                  .mapAsync(1, publisher::publish);
            })
        .mapMaterializedValue(ignored -> NotUsed.getInstance());
  }
}
