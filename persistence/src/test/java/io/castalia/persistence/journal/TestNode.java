package io.castalia.persistence.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.castalia.persistence.WriterFenced;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.ScriptedLogStore;
import io.castalia.persistence.store.StoreFaults;
import io.castalia.persistence.store.StoreOperation;
import io.castalia.persistence.store.StoredEntry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/** A node's journal on the calling thread: on a connection, and with time, of its own. */
final class TestNode implements AppendListener {
  static final JournalSettings SETTINGS =
      new JournalSettings(
          1_000_000,
          4,
          10_000,
          3,
          Duration.ofMillis(10),
          Duration.ofMillis(80),
          Duration.ofSeconds(5));

  final ScriptedLogStore store;
  final ManualDelays delays = new ManualDelays();
  final List<WriterFenced> fencings = new CopyOnWriteArrayList<>();
  final List<String> appended = new CopyOnWriteArrayList<>();
  final MeterRegistry meters = new SimpleMeterRegistry();
  final JournalEngine journal;

  TestNode(ScriptedLogStore store) {
    this(store, same -> same);
  }

  /** A node whose journal sees something else in place of its store. */
  TestNode(ScriptedLogStore store, UnaryOperator<LogStore> mutation) {
    this.store = store;
    JournalGround ground =
        new JournalGround(
            mutation.apply(store),
            SETTINGS,
            delays,
            UUID::randomUUID,
            SegmentNumbers.CONSECUTIVE,
            new JournalMeters(meters));
    JournalMeters.watch(meters, ground);
    this.journal = new JournalEngine(ground, UUID.randomUUID(), this, fencings::add);
  }

  @Override
  public void appended(int epoch, StoredEntry entry, ByteString bulk) {
    appended.add(bulk.utf8String());
  }

  @Override
  public void released(String log) {}

  CompletableFuture<Long> recover(String log) {
    return journal.recover(log).toCompletableFuture();
  }

  CompletableFuture<Done> append(String log, long sequence, String text) {
    return journal.append(log, List.of(draft(sequence, text))).toCompletableFuture();
  }

  /** Writes and does not wait for the acknowledgement. */
  CompletableFuture<Done> write(String log, long sequence, String text) {
    return journal.write(log, List.of(draft(sequence, text))).toCompletableFuture();
  }

  CompletableFuture<Done> verified(String log, int epoch) {
    return journal.verified(log, epoch).toCompletableFuture();
  }

  /** Lets time pass, a little at a time, until the stage has an outcome. */
  void settle(CompletableFuture<?> stage) {
    await()
        .atMost(NodesContract.LIMIT)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              letTimePass();
              return stage.isDone();
            });
  }

  /** Not while the store alone is waited for: a slow one must not use up the node's time. */
  void letTimePass() {
    if (delays.areAwaited()) {
      delays.advance(SETTINGS.retryMin());
    }
  }

  /** The texts of all events that a replay shows. */
  List<String> replay(String log) {
    return List.copyOf(events(log).values());
  }

  /** The same by their sequence numbers. */
  NavigableMap<Long, String> events(String log) {
    NavigableMap<Long, String> texts = new TreeMap<>();
    journal
        .replay(
            new Replay.Range(log, 1, Long.MAX_VALUE, Long.MAX_VALUE),
            (writer, event) ->
                texts.put(
                    event.sequence(), UTF_8.decode(event.payload().bytes().duplicate()).toString()))
        .toCompletableFuture()
        .join();
    return texts;
  }

  /** Counts the calls of an operation from now on. */
  AtomicInteger count(StoreOperation operation) {
    AtomicInteger calls = new AtomicInteger();
    store
        .faults()
        .failApplied(
            call -> {
              if (StoreFaults.any(operation).test(call)) {
                calls.incrementAndGet();
              }
              return false;
            });
    return calls;
  }

  /** One event per position, with its text as payload and as bulk. */
  static EntryDraft draft(long sequence, String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8)).asReadOnlyBuffer();
    Event event = new Event(sequence, 0, "", new Serialized(1, "", bytes), Optional.empty());
    return new EntryDraft(
        "writer",
        List.of(event),
        new Positions(sequence - 1, sequence - 1, sequence),
        ByteString.fromString(text));
  }
}
