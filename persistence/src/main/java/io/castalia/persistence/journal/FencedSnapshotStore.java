package io.castalia.persistence.journal;

import io.castalia.persistence.Persistence;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.StoredSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * The snapshot store plugin, on the journal's store. A snapshot needs no fence: it is written when
 * the events of its state may be acknowledged, and these stay true whoever owns the log.
 */
public final class FencedSnapshotStore extends SnapshotStore {
  private final JournalEngine journal;
  private final LogStore store;
  private final Supplier<Retry> retries;
  private final Serialization serialization;

  /** Made by Pekko when the plugin is first used. */
  public FencedSnapshotStore() {
    Persistence persistence = Persistence.get(context().system());
    JournalGround ground = persistence.ground();
    this.journal = persistence.journal();
    this.store = ground.store();
    this.retries = () -> Retry.begin(ground);
    this.serialization = SerializationExtension.get(context().system());
  }

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String log, SnapshotSelectionCriteria criteria) {
    CompletionStage<Optional<SelectedSnapshot>> loaded =
        retries
            .get()
            .untilKnown(
                () ->
                    store.readSnapshot(
                        log,
                        criteria.minSequenceNr(),
                        criteria.maxSequenceNr(),
                        criteria.minTimestamp(),
                        criteria.maxTimestamp()))
            .thenApply(found -> found.map(this::selected));
    return FutureConverters.asScala(loaded);
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    BinaryOutput out = new BinaryOutput();
    Serialized.of(serialization, snapshot).write(out);
    Optional<Object> attached = OptionConverters.toJava(metadata.metadata());
    Serialized.writeOptional(out, attached.map(object -> Serialized.of(serialization, object)));
    StoredSnapshot stored =
        new StoredSnapshot(
            metadata.persistenceId(), metadata.sequenceNr(), metadata.timestamp(), out.toBuffer());
    return withoutResult(
        journal
            .verified(metadata.persistenceId())
            .thenCompose(done -> retries.get().untilKnown(() -> store.writeSnapshot(stored))));
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    boolean anyTime = metadata.timestamp() == 0;
    return delete(
        metadata.persistenceId(),
        new SnapshotSelectionCriteria(
            metadata.sequenceNr(),
            anyTime ? Long.MAX_VALUE : metadata.timestamp(),
            metadata.sequenceNr(),
            metadata.timestamp()));
  }

  @Override
  public Future<Void> doDeleteAsync(String log, SnapshotSelectionCriteria criteria) {
    return delete(log, criteria);
  }

  private Future<Void> delete(String log, SnapshotSelectionCriteria criteria) {
    return withoutResult(
        retries
            .get()
            .untilKnown(
                () ->
                    store.deleteSnapshots(
                        log,
                        criteria.minSequenceNr(),
                        criteria.maxSequenceNr(),
                        criteria.minTimestamp(),
                        criteria.maxTimestamp())));
  }

  private SelectedSnapshot selected(StoredSnapshot stored) {
    BinaryInput in = new BinaryInput(stored.data());
    Object snapshot = Serialized.read(in).read(serialization);
    SnapshotMetadata bare =
        new SnapshotMetadata(stored.log(), stored.sequence(), stored.timestamp());
    SnapshotMetadata metadata =
        Serialized.readOptional(in)
            .map(attached -> bare.withMetadata(attached.read(serialization)))
            .orElse(bare);
    return SelectedSnapshot.create(metadata, snapshot);
  }

  private static Future<Void> withoutResult(CompletionStage<?> stage) {
    return FutureConverters.asScala(stage.thenAccept(done -> {}));
  }
}
