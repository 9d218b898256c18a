package io.castalia.api.internal.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/** The journal plugin of {@link FakeLog}s. */
public final class FakeJournal extends AsyncWriteJournal {

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    FakeLog log = FakeLog.of(writes.iterator().next().persistenceId());
    return log.answer(
        () -> {
          List<Optional<Exception>> outcomes = new ArrayList<>();
          for (AtomicWrite write : writes) {
            log.events().addAll(CollectionConverters.asJava(write.payload()));
            outcomes.add(Optional.empty());
          }
          return outcomes;
        });
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String id, long toSequence) {
    FakeLog log = FakeLog.of(id);
    return log.answer(
        () -> {
          log.events().removeIf(event -> event.sequenceNr() <= toSequence);
          return null;
        });
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String id, long from, long to, long max, Consumer<PersistentRepr> replay) {
    FakeLog log = FakeLog.of(id);
    return log.answer(
        () -> {
          log.events().stream()
              .filter(event -> event.sequenceNr() >= from && event.sequenceNr() <= to)
              .limit(max)
              .forEach(replay);
          return null;
        });
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String id, long fromSequence) {
    FakeLog log = FakeLog.of(id);
    return log.answer(
        () -> log.events().stream().mapToLong(PersistentRepr::sequenceNr).max().orElse(0));
  }
}
