package io.castalia.api.internal.journal;

import java.util.Optional;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import scala.concurrent.Future;

/** The snapshot plugin of {@link FakeLog}s. */
public final class FakeSnapshotStore extends SnapshotStore {

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String id, SnapshotSelectionCriteria criteria) {
    return Futures.successful(
        FakeLog.of(id).snapshots().stream()
            .filter(each -> criteria.matches(each.metadata()))
            .reduce((earlier, later) -> later));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object state) {
    FakeLog.of(metadata.persistenceId()).snapshots().add(SelectedSnapshot.create(metadata, state));
    return Futures.successful(null);
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    FakeLog.of(metadata.persistenceId())
        .snapshots()
        .removeIf(each -> each.metadata().sequenceNr() == metadata.sequenceNr());
    return Futures.successful(null);
  }

  @Override
  public Future<Void> doDeleteAsync(String id, SnapshotSelectionCriteria criteria) {
    FakeLog.of(id).snapshots().removeIf(each -> criteria.matches(each.metadata()));
    return Futures.successful(null);
  }
}
