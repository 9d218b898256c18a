package io.castalia.streams.processing;

import io.castalia.streams.OffsetReset;
import io.castalia.streams.processing.internal.SourceCodec;
import org.apache.kafka.common.serialization.Serde;

/**
 * How a topic is read.
 *
 * @param timestampExtractor tells the event time; that of the record by default
 * @param offsetReset where an application begins that has never read the topic
 */
public record Consumed<K, V>(
    Serde<K> keySerde,
    Serde<V> valueSerde,
    TimestampExtractor<K, V> timestampExtractor,
    OffsetReset offsetReset) {

  /** From the first record on, by the records' own times. */
  public static <K, V> Consumed<K, V> with(Serde<K> keySerde, Serde<V> valueSerde) {
    return new Consumed<>(keySerde, valueSerde, StreamRecord::timestamp, OffsetReset.EARLIEST);
  }

  /** The same with event times from the records' content. */
  public Consumed<K, V> withTimestampExtractor(TimestampExtractor<K, V> extractor) {
    return new Consumed<>(keySerde, valueSerde, extractor, offsetReset);
  }

  /**
   * The same with another place to begin. With {@code NONE} an application goes on where it has
   * been before; tasks of one that is new are refused, and say so in their status.
   */
  public Consumed<K, V> withOffsetResetPolicy(OffsetReset reset) {
    return new Consumed<>(keySerde, valueSerde, timestampExtractor, reset);
  }

  SourceCodec<K, V> codec() {
    return new SourceCodec<>(keySerde, valueSerde, timestampExtractor, offsetReset);
  }
}
