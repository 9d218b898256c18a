package io.castalia.persistence.journal;

import io.castalia.persistence.Persistence;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** The journal plugin: speaks Pekko Persistence on one side, and the engine on the other. */
public final class FencedJournal extends AsyncWriteJournal {
  private final JournalEngine engine;
  private final Serialization serialization;
  private final int entryHeaderBytes;

  /** Made by Pekko when the plugin is first used. */
  public FencedJournal() {
    Persistence persistence = Persistence.get(context().system());
    this.engine = persistence.journal();
    this.entryHeaderBytes = persistence.ground().settings().entryHeaderBytes();
    this.serialization = SerializationExtension.get(context().system());
  }

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    EventBatch batch = EventBatch.of(serialization, entryHeaderBytes, writes);
    String log = writes.iterator().next().persistenceId();
    CompletionStage<Done> written =
        batch.isBulky() ? engine.write(log, batch.drafts()) : engine.append(log, batch.drafts());
    return FutureConverters.asScala(written.thenApply(done -> batch.rejections()));
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String log, long toSequence) {
    return withoutResult(engine.deleteTo(log, toSequence));
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String log, long fromSequence) {
    return FutureConverters.asScala(engine.recover(log));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String log, long from, long to, long max, Consumer<PersistentRepr> replay) {
    Replay.Range range = new Replay.Range(log, from, to, max);
    return withoutResult(
        engine.replay(
            range, (writerUuid, event) -> replay.accept(persistent(log, writerUuid, event))));
  }

  private PersistentRepr persistent(String log, String writerUuid, Event event) {
    PersistentRepr bare =
        PersistentRepr.apply(
                event.payload().read(serialization),
                event.sequence(),
                log,
                event.adapterManifest(),
                false,
                ActorRef.noSender(),
                writerUuid)
            .withTimestamp(event.timestamp());
    return event
        .metadata()
        .map(metadata -> bare.withMetadata(metadata.read(serialization)))
        .orElse(bare);
  }

  private static Future<Void> withoutResult(CompletionStage<?> stage) {
    return FutureConverters.asScala(stage.thenAccept(done -> {}));
  }
}
