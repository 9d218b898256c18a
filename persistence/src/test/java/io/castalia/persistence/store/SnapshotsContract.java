package io.castalia.persistence.store;

import static io.castalia.persistence.store.Stored.await;
import static io.castalia.persistence.store.Stored.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Snapshots, found within bounds of their sequence numbers and timestamps. */
interface SnapshotsContract extends StoreUnderTest {
  @Test
  default void shouldReadTheLatestSnapshotWithinTheBounds() throws Exception {
    for (long sequence : List.of(10L, 20L, 30L)) {
      await(store().writeSnapshot(snapshot(sequence, 1000 + sequence)));
    }

    assertThat(await(store().readSnapshot(log(), 0, MAX, 0, MAX))).contains(snapshot(30, 1030));
    assertThat(await(store().readSnapshot(log(), 0, 29, 0, MAX))).contains(snapshot(20, 1020));
    assertThat(await(store().readSnapshot(log(), 0, MAX, 0, 1010))).contains(snapshot(10, 1010));
    assertThat(await(store().readSnapshot(log(), 11, 19, 0, MAX))).isEmpty();
    assertThat(await(store().readSnapshot(log(), 0, MAX, 1031, MAX))).isEmpty();
  }

  @Test
  default void shouldReplaceASnapshotOfTheSameSequence() throws Exception {
    await(store().writeSnapshot(snapshot(10, 1000)));
    await(store().writeSnapshot(snapshot(10, 2000)));

    assertThat(await(store().readSnapshot(log(), 0, MAX, 0, MAX))).contains(snapshot(10, 2000));
    assertThat(await(store().readSnapshot(log(), 0, MAX, 0, 1500))).isEmpty();
  }

  @Test
  default void shouldDeleteSnapshotsWithinTheBounds() throws Exception {
    for (long sequence : List.of(10L, 20L, 30L)) {
      await(store().writeSnapshot(snapshot(sequence, 1000 + sequence)));
    }

    await(store().deleteSnapshots(log(), 15, MAX, 0, 1025));

    assertThat(await(store().readSnapshot(log(), 0, 29, 0, MAX))).contains(snapshot(10, 1010));
    assertThat(await(store().readSnapshot(log(), 0, MAX, 0, MAX))).contains(snapshot(30, 1030));
  }

  private StoredSnapshot snapshot(long sequence, long timestamp) {
    return new StoredSnapshot(log(), sequence, timestamp, bytes("state-" + sequence));
  }
}
