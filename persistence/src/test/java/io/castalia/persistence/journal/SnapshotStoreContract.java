package io.castalia.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Optional;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.DeleteSnapshotSuccess;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.SaveSnapshotFailure;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.typed.internal.ReplicatedSnapshotMetadata;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.OptionConverters;

/** What Pekko Persistence asks of a snapshot store, spoken in its own protocol. */
public abstract class SnapshotStoreContract extends PluginContract {
  @Override
  final Config otherConfig() {
    return ConfigFactory.load();
  }

  @Override
  final ActorRef pluginOf(Persistence persistence) {
    return persistence.snapshotStoreFor(
        "castalia.persistence.snapshot-store", ConfigFactory.empty());
  }

  @Test
  void shouldLoadNothingWhenThereIsNoSnapshot() {
    assertThat(load(SnapshotSelectionCriteria.latest(), MAX)).isEmpty();
  }

  @Test
  void shouldLoadNothingWhenNoSnapshotMatches() {
    saveThree();

    assertThat(load(criteria(5, MAX), MAX)).isEmpty();
    assertThat(load(criteria(MAX, 50), MAX)).isEmpty();
    assertThat(load(SnapshotSelectionCriteria.none(), MAX)).isEmpty();
  }

  @Test
  void shouldLoadTheLatestSnapshot() {
    saveThree();

    assertThat(loadedSequence(SnapshotSelectionCriteria.latest(), MAX)).isEqualTo(30);
  }

  @Test
  void shouldLoadTheLatestSnapshotWithinTheBounds() {
    saveThree();

    assertThat(loadedSequence(criteria(25, MAX), MAX)).isEqualTo(20);
    assertThat(loadedSequence(SnapshotSelectionCriteria.latest(), 29)).isEqualTo(20);
    assertThat(loadedSequence(criteria(MAX, 110), MAX)).isEqualTo(10);
    assertThat(loadedSequence(criteria(25, 115), MAX)).isEqualTo(10);
  }

  @Test
  void shouldDeleteASingleSnapshot() {
    saveThree();

    plugin.tell(
        new SnapshotProtocol.DeleteSnapshot(new SnapshotMetadata(log, 30, 130)), probe.getRef());
    probe.expectMsgClass(LIMIT, DeleteSnapshotSuccess.class);

    assertThat(loadedSequence(SnapshotSelectionCriteria.latest(), MAX)).isEqualTo(20);
  }

  @Test
  void shouldDeleteASingleSnapshotWhateverItsTimestamp() {
    saveThree();

    plugin.tell(
        new SnapshotProtocol.DeleteSnapshot(new SnapshotMetadata(log, 30, 0)), probe.getRef());
    probe.expectMsgClass(LIMIT, DeleteSnapshotSuccess.class);

    assertThat(loadedSequence(SnapshotSelectionCriteria.latest(), MAX)).isEqualTo(20);
  }

  @Test
  void shouldDeleteTheSnapshotsWithinTheBoundsOnly() {
    saveThree();

    plugin.tell(new SnapshotProtocol.DeleteSnapshots(log, criteria(20, 120)), probe.getRef());
    probe.expectMsgClass(LIMIT, DeleteSnapshotsSuccess.class);

    assertThat(load(criteria(20, MAX), MAX)).isEmpty();
    assertThat(loadedSequence(SnapshotSelectionCriteria.latest(), MAX)).isEqualTo(30);
  }

  @Test
  void shouldReplaceASnapshotOfTheSameSequenceNumber() {
    save(new SnapshotMetadata(log, 10, 100), "old");
    save(new SnapshotMetadata(log, 10, 200), "new");

    assertThat(load(SnapshotSelectionCriteria.latest(), MAX).orElseThrow().snapshot())
        .isEqualTo("new");
  }

  @Test
  void shouldSaveABigSnapshot() {
    String big = "x".repeat(1_000_000);
    save(new SnapshotMetadata(log, 10, 100), big);

    assertThat(load(SnapshotSelectionCriteria.latest(), MAX).orElseThrow().snapshot())
        .isEqualTo(big);
  }

  @Test
  void shouldKeepMetadata() {
    save(new SnapshotMetadata(log, 10, 100).withMetadata("origin"), "state");

    SelectedSnapshot loaded = load(SnapshotSelectionCriteria.latest(), MAX).orElseThrow();

    assertThat(loaded.metadata().timestamp()).isGreaterThan(0);
    assertThat(loaded.metadata().metadata().get()).isEqualTo("origin");
  }

  @Test
  void shouldKeepMetadataOfReplication() {
    Object replication = ReplicatedSnapshotMetadata.instanceForSnapshotStoreTest();
    save(new SnapshotMetadata(log, 10, 100).withMetadata(replication), "state");

    SelectedSnapshot loaded = load(SnapshotSelectionCriteria.latest(), MAX).orElseThrow();

    assertThat(loaded.metadata().metadata().get()).isEqualTo(replication);
  }

  @Test
  void shouldLoadASnapshotWithoutMetadata() {
    save(new SnapshotMetadata(log, 10, 100), "state");

    SelectedSnapshot loaded = load(SnapshotSelectionCriteria.latest(), MAX).orElseThrow();

    assertThat(loaded.metadata().persistenceId()).isEqualTo(log);
    assertThat(loaded.metadata().metadata().isEmpty()).isTrue();
  }

  @Test
  void shouldSerializeSnapshotsThatNameActors() {
    save(new SnapshotMetadata(log, 10, 100), probe.getRef());

    assertThat(load(SnapshotSelectionCriteria.latest(), MAX).orElseThrow().snapshot())
        .isEqualTo(probe.getRef());
  }

  @Test
  void shouldKeepSnapshotsBeyondTheBoundsOfTheirTimestamps() {
    saveThree();

    plugin.tell(new SnapshotProtocol.DeleteSnapshots(log, criteria(30, 115)), probe.getRef());
    probe.expectMsgClass(LIMIT, DeleteSnapshotsSuccess.class);

    assertThat(load(criteria(10, MAX), MAX)).isEmpty();
    assertThat(loadedSequence(criteria(20, MAX), MAX)).isEqualTo(20);
    assertThat(loadedSequence(SnapshotSelectionCriteria.latest(), MAX)).isEqualTo(30);
  }

  @Test
  void shouldFailToSaveWhatCannotBeSerialized() {
    plugin.tell(
        new SnapshotProtocol.SaveSnapshot(new SnapshotMetadata(log, 10, 100), new Object()),
        probe.getRef());

    probe.expectMsgClass(LIMIT, SaveSnapshotFailure.class);
  }

  private void saveThree() {
    for (long sequence = 10; sequence <= 30; sequence += 10) {
      store(sequence);
    }
  }

  /** Past the protocol, which stamps snapshots with the time of day. */
  private void store(long sequence) {
    BinaryOutput out = new BinaryOutput();
    var serialization = org.apache.pekko.serialization.SerializationExtension.get(system);
    Serialized.of(serialization, "state-" + sequence).write(out);
    Serialized.writeOptional(out, Optional.empty());
    io.castalia.persistence.Persistence.get(system)
        .ground()
        .store()
        .writeSnapshot(
            new io.castalia.persistence.store.StoredSnapshot(
                log, sequence, 100 + sequence, out.toBuffer()))
        .toCompletableFuture()
        .join();
  }

  private void save(SnapshotMetadata metadata, Object snapshot) {
    plugin.tell(new SnapshotProtocol.SaveSnapshot(metadata, snapshot), probe.getRef());
    probe.expectMsgClass(LIMIT, SaveSnapshotSuccess.class);
  }

  private long loadedSequence(SnapshotSelectionCriteria criteria, long to) {
    SelectedSnapshot loaded = load(criteria, to).orElseThrow();
    assertThat(loaded.snapshot()).isEqualTo("state-" + loaded.metadata().sequenceNr());
    return loaded.metadata().sequenceNr();
  }

  private Optional<SelectedSnapshot> load(SnapshotSelectionCriteria criteria, long to) {
    plugin.tell(new SnapshotProtocol.LoadSnapshot(log, criteria, to), probe.getRef());
    return OptionConverters.toJava(
        probe.expectMsgClass(LIMIT, SnapshotProtocol.LoadSnapshotResult.class).snapshot());
  }

  private static SnapshotSelectionCriteria criteria(long maxSequence, long maxTimestamp) {
    return SnapshotSelectionCriteria.create(maxSequence, maxTimestamp);
  }
}
