package io.castalia.actors.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.apache.pekko.util.ByteString;
import scala.concurrent.Future;
import scala.concurrent.Promise;

/** A journal fake that outlives actor systems, serializes what it is given, and fails on demand. */
public final class RememberingJournal extends AsyncWriteJournal {
  private static final Map<String, List<Stored>> LOGS = new ConcurrentHashMap<>();
  private static final AtomicInteger FAILURES = new AtomicInteger();
  private static volatile Promise<Boolean> held = released();

  private record Stored(long sequence, String manifest, int serializer, ByteString bytes) {}

  static void forget() {
    LOGS.clear();
    FAILURES.set(0);
    release();
  }

  /** Answers no write until {@link #release()}. */
  static void hold() {
    held = Futures.promise();
  }

  static void release() {
    held.trySuccess(true);
  }

  private static Promise<Boolean> released() {
    Promise<Boolean> promise = Futures.promise();
    promise.success(true);
    return promise;
  }

  static void failNextWrites(int count) {
    FAILURES.set(count);
  }

  static int writes() {
    return LOGS.values().stream().mapToInt(List::size).sum();
  }

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    if (FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return Futures.failed(new IllegalStateException("the store is away"));
    }
    List<Optional<Exception>> outcomes = new ArrayList<>();
    for (AtomicWrite write : messages) {
      scala.jdk.javaapi.CollectionConverters.asJava(write.payload()).forEach(this::store);
      outcomes.add(Optional.empty());
    }
    return held.future().map(released -> outcomes, context().dispatcher());
  }

  private void store(PersistentRepr event) {
    Object payload = event.payload();
    var serializer = SerializationExtension.get(context().system()).findSerializerFor(payload);
    LOGS.computeIfAbsent(event.persistenceId(), log -> new CopyOnWriteArrayList<>())
        .add(
            new Stored(
                event.sequenceNr(),
                Serializers.manifestFor(serializer, payload),
                serializer.identifier(),
                ByteString.fromArrayUnsafe(serializer.toBinary(payload))));
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    log(persistenceId).removeIf(stored -> stored.sequence() <= toSequenceNr);
    return Futures.successful(null);
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replay) {
    log(persistenceId).stream()
        .filter(stored -> stored.sequence() >= fromSequenceNr && stored.sequence() <= toSequenceNr)
        .limit(max)
        .map(stored -> read(persistenceId, stored))
        .forEach(replay);
    return Futures.successful(null);
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    List<Stored> log = log(persistenceId);
    return Futures.successful(log.isEmpty() ? 0L : log.get(log.size() - 1).sequence());
  }

  private PersistentRepr read(String persistenceId, Stored stored) {
    Object payload =
        SerializationExtension.get(context().system())
            .deserialize(stored.bytes().toArrayUnsafe(), stored.serializer(), stored.manifest())
            .get();
    return PersistentRepr.apply(
        payload, stored.sequence(), persistenceId, "", false, self(), "writer");
  }

  private static List<Stored> log(String persistenceId) {
    return LOGS.computeIfAbsent(persistenceId, log -> new CopyOnWriteArrayList<>());
  }
}
