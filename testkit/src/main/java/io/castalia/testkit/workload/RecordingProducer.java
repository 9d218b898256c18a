package io.castalia.testkit.workload;

import io.castalia.testkit.history.History;
import io.castalia.testkit.history.RecordId;
import java.util.Queue;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A producer whose records and acknowledgements are written down.
 *
 * @param <K> of its keys
 * @param <V> of its values; as for keys, the consumer must read something equal to what was sent
 */
public final class RecordingProducer<K, V> implements AutoCloseable {
  private final String name;
  private final Producer<K, V> client;
  private final History history;
  private final Queue<String> refusals;
  private long sequence;

  RecordingProducer(String name, Producer<K, V> client, History history, Queue<String> refusals) {
    this.name = name;
    this.client = client;
    this.history = history;
    this.refusals = refusals;
  }

  /**
   * Sends a record. One that names no partition goes to the partitions in turn: what is sent is
   * written down before the client decides.
   *
   * @return the outcome, as the client gives it; the verdict counts those that failed as refused
   */
  public Future<RecordMetadata> send(ProducerRecord<K, V> record) {
    return send(record, () -> {});
  }

  /** Sends a record and runs something when it was acknowledged, and noted so. */
  synchronized Future<RecordMetadata> send(ProducerRecord<K, V> record, Runnable acknowledged) {
    RecordId id = new RecordId(name, ++sequence);
    int partition = partition(record);
    String place = record.topic() + "-" + partition;
    history.sent(place, id, RecordMark.digest(record.key(), record.value()));
    return client.send(
        RecordMark.mark(record, partition, id),
        (metadata, failure) -> {
          if (failure == null) {
            history.acknowledged(place, id, metadata.offset());
            acknowledged.run();
          } else {
            refusals.add(id + " of " + place + ": " + failure);
          }
        });
  }

  private int partition(ProducerRecord<K, V> record) {
    Integer wanted = record.partition();
    return wanted != null ? wanted : (int) (sequence % client.partitionsFor(record.topic()).size());
  }

  /** Waits until there is an outcome for all that was sent. */
  public void flush() {
    client.flush();
  }

  /** Waits for all outcomes and closes the client. */
  @Override
  public void close() {
    client.close();
  }
}
