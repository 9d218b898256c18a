package io.castalia.streams;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.pekko.NotUsed;

/** What a {@link Producer}'s flow takes: records together with something that follows them. */
public final class ProducerMessage {
  private ProducerMessage() {}

  /**
   * Records to be published, and what is passed on when they are.
   *
   * @param records in order; may be none
   * @param passThrough for example the offset of the record from which they were made
   */
  public record Envelope<K, V, P>(List<ProducerRecord<K, V>> records, P passThrough) {
    public Envelope {
      records = List.copyOf(records);
    }
  }

  /**
   * Records that are durable.
   *
   * @param passThrough as it came with them
   */
  public record Results<K, V, P>(List<ProducerRecord<K, V>> records, P passThrough) {
    public Results {
      records = List.copyOf(records);
    }
  }

  /** One record, which nothing follows. */
  public static <K, V> Envelope<K, V, NotUsed> single(ProducerRecord<K, V> record) {
    return single(record, NotUsed.getInstance());
  }

  /** One record. */
  public static <K, V, P> Envelope<K, V, P> single(ProducerRecord<K, V> record, P passThrough) {
    return new Envelope<>(List.of(record), passThrough);
  }

  /** Many records, which nothing follows. */
  public static <K, V> Envelope<K, V, NotUsed> multi(Collection<ProducerRecord<K, V>> records) {
    return multi(records, NotUsed.getInstance());
  }

  /** Many records, after the last of which something is passed on. */
  public static <K, V, P> Envelope<K, V, P> multi(
      Collection<ProducerRecord<K, V>> records, P passThrough) {
    return new Envelope<>(List.copyOf(records), passThrough);
  }

  /** No record: what is passed on keeps its place behind the records before it. */
  public static <K, V, P> Envelope<K, V, P> passThrough(P passThrough) {
    return new Envelope<>(List.of(), passThrough);
  }
}
