package io.castalia.examples.accounts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * One partition of the log, and the accounts that follow of it. For one thread; any number of
 * ledgers may write to the same partition.
 */
final class Ledger implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final TopicPartition events;
  private final TopicPartition snapshots;
  private final KafkaConsumer<String, String> consumer;
  private final KafkaProducer<String, String> producer;
  private Snapshot accounts = Snapshot.EMPTY;
  private long read;
  private long conflicts;
  private long own = -1;
  private boolean ownHappened;

  /** What may become of a change. */
  enum Outcome {
    DONE,
    /** There was not enough on the account. */
    NOT_COVERED
  }

  /**
   * A ledger that has read nothing yet.
   *
   * @param bootstrap HOST:PORT
   * @param topic the events'; snapshots go to the one of the same name with "-snapshots"
   */
  Ledger(String bootstrap, String topic, int partition) {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap);
    events = new TopicPartition(topic, partition);
    snapshots = new TopicPartition(Topics.snapshots(topic), partition);
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    // Idempotent by default: no retry appends an event twice or out of order.
    producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  /** Begins with the last snapshot, if there is one, and reads what has happened since. */
  Snapshot fromSnapshot() {
    List<TopicPartition> only = List.of(snapshots);
    consumer.assign(only);
    long end = consumer.endOffsets(only).getOrDefault(snapshots, 0L);
    if (end > 0) {
      consumer.seek(snapshots, end - 1);
      List<ConsumerRecord<String, String>> last = List.of();
      while (last.isEmpty()) {
        last = consumer.poll(POLL).records(snapshots);
      }
      accounts = Snapshot.parse(last.get(last.size() - 1).value());
    }
    return readOn();
  }

  /** Reads all that has ever happened. */
  Snapshot fromTheBeginning() {
    accounts = Snapshot.EMPTY;
    return readOn();
  }

  private Snapshot readOn() {
    consumer.assign(List.of(events));
    consumer.seek(events, accounts.next());
    return readUpTo(end());
  }

  private Snapshot readUpTo(long end) {
    while (accounts.next() < end) {
      consumer.poll(POLL).forEach(this::read);
    }
    return accounts;
  }

  private void read(ConsumerRecord<String, String> record) {
    Event event = Event.parse(record.value());
    if (record.offset() == own) {
      ownHappened = accounts.accepts(record.key(), event);
    }
    accounts = accounts.after(record.offset(), record.key(), event);
    read++;
  }

  /**
   * Changes an account: decides by what is known, appends, and sees whether the event was the first
   * behind what it was decided by. If another one was, this one is void, and it decides anew.
   */
  Outcome change(String account, long cents) throws InterruptedException, ExecutionException {
    while (true) {
      Optional<Event> event = accounts.account(account).change(cents);
      if (event.isPresent()) {
        if (happened(append(account, event.get()))) {
          return Outcome.DONE;
        }
        conflicts++;
      } else if (!readNews()) {
        return Outcome.NOT_COVERED;
      }
    }
  }

  private boolean happened(long offset) {
    own = offset;
    readUpTo(offset + 1);
    return ownHappened;
  }

  /** Whether there was anything that was not known. */
  private boolean readNews() {
    long known = accounts.next();
    return readUpTo(end()).next() > known;
  }

  private long end() {
    return consumer.endOffsets(List.of(events)).getOrDefault(events, 0L);
  }

  private long append(String account, Event event) throws InterruptedException, ExecutionException {
    return producer
        .send(new ProducerRecord<>(events.topic(), events.partition(), account, event.text()))
        .get()
        .offset();
  }

  /** Keeps what is known, so that who starts later need not read all. */
  void snapshot() throws InterruptedException, ExecutionException {
    producer
        .send(
            new ProducerRecord<>(
                snapshots.topic(), snapshots.partition(), events.toString(), accounts.text()))
        .get();
  }

  /** How often another writer came first. */
  long conflicts() {
    return conflicts;
  }

  /** How many events were read. */
  long eventsRead() {
    return read;
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
