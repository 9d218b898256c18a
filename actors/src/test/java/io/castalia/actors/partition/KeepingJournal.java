package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import io.castalia.persistence.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/** A journal that outlives actor systems, keeps bulk apart from headers, and fails on demand. */
public final class KeepingJournal extends AsyncWriteJournal {
  private static final Map<String, List<Stored>> LOGS = new ConcurrentHashMap<>();
  private static final AtomicBoolean FAILING = new AtomicBoolean();

  private final PartitionEventSerializer serializer = new PartitionEventSerializer();

  private record Stored(long sequence, String manifest, byte[] header, Optional<LogEntry> entry) {}

  static void failNextWrite() {
    FAILING.set(true);
  }

  static List<LogEntry> entries(String log) {
    return log(log).stream().flatMap(stored -> stored.entry().stream()).toList();
  }

  static void delete(String log) {
    LOGS.remove(log);
  }

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    if (FAILING.getAndSet(false)) {
      return Futures.failed(new IllegalStateException("the store is away"));
    }
    List<Optional<Exception>> outcomes = new ArrayList<>();
    for (AtomicWrite write : messages) {
      CollectionConverters.asJava(write.payload()).forEach(this::store);
      outcomes.add(Optional.empty());
    }
    return Futures.successful(outcomes);
  }

  private void store(PersistentRepr event) {
    Object payload = event.payload();
    Optional<LogEntry> entry =
        payload instanceof EntryAppended appended
            ? Optional.of(
                new LogEntry(
                    appended.firstPosition(),
                    appended.lastPosition(),
                    appended.maxTimestamp(),
                    appended.bulk()))
            : Optional.empty();
    log(event.persistenceId())
        .add(
            new Stored(
                event.sequenceNr(),
                serializer.manifest(payload),
                serializer.toBinary(payload),
                entry));
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
    for (Stored stored : log(persistenceId)) {
      if (stored.sequence() >= fromSequenceNr && stored.sequence() <= toSequenceNr) {
        replay.accept(
            PersistentRepr.apply(
                read(stored), stored.sequence(), persistenceId, "", false, self(), "writer"));
      }
    }
    return Futures.successful(null);
  }

  private Object read(Stored stored) {
    try {
      return serializer.fromBinary(stored.header(), stored.manifest());
    } catch (java.io.NotSerializableException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    List<Stored> log = log(persistenceId);
    return Futures.successful(log.isEmpty() ? 0L : log.get(log.size() - 1).sequence());
  }

  private static List<Stored> log(String persistenceId) {
    return LOGS.computeIfAbsent(persistenceId, log -> new CopyOnWriteArrayList<>());
  }
}
