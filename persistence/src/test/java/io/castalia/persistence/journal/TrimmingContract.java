package io.castalia.persistence.journal;

import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.CHANGE_MANIFEST;
import static io.castalia.persistence.store.StoreOperation.DELETE_SEGMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.persistence.Segment;
import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.StoreOperation;
import io.castalia.persistence.store.StoredSegment;
import io.castalia.persistence.store.StoredSnapshot;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is dropped of a log goes in the end, whoever dies while it does. Runs on any store. */
public abstract class TrimmingContract extends NodesContract {
  private static final long MAX = Long.MAX_VALUE;

  @Test
  void shouldRemoveTheRowsOfDroppedSegmentsAndThenForgetThem() {
    writeTwelve();

    done(a.journal.dropBefore(log, 8));

    assertThat(rows(1)).isZero();
    assertThat(rows(2)).isZero();
    assertThat(rows(3)).isEqualTo(4);
    assertThat(manifest().segments()).extracting(StoredSegment::number).containsExactly(3L);
    assertThat(a.replay(log)).containsExactly("e9", "e10", "e11", "e12");
  }

  @Test
  void shouldLeaveRemovalToTheNextOwnerWhenTheOwnerDiesBeforeIt() {
    writeTwelve();
    HeldCall removal = a.store.faults().hold(any(DELETE_SEGMENT));
    CompletableFuture<Done> dropping = a.journal.dropBefore(log, 8).toCompletableFuture();
    done(removal.arrived());
    assertThat(manifest().dropped()).extracting(StoredSegment::number).containsExactly(1L, 2L);

    assertThat(done(b.recover(log))).isEqualTo(12);

    awaitNothingDropped();
    assertThat(rows(1)).isZero();
    assertThat(rows(2)).isZero();
    assertThat(b.replay(log)).containsExactly("e9", "e10", "e11", "e12");
    assertThat(dropping).isNotDone();
  }

  @Test
  void shouldLeaveTheRestToTheNextOwnerWhenTheOwnerDiesBetweenTwoSegments() {
    writeTwelve();
    HeldCall first = a.store.faults().hold(any(DELETE_SEGMENT));
    a.store.faults().hold(any(DELETE_SEGMENT));
    CompletableFuture<Done> dropping = a.journal.dropBefore(log, 8).toCompletableFuture();
    release(first);

    done(b.recover(log));

    awaitNothingDropped();
    assertThat(rows(2)).isZero();
    assertThat(dropping).isNotDone();
  }

  @Test
  void shouldForgetSegmentsWhoseRowsAnEarlierOwnerHasRemoved() {
    writeTwelve();
    HeldCall marking = a.store.faults().hold(any(CHANGE_MANIFEST));
    HeldCall forgetting = a.store.faults().hold(any(CHANGE_MANIFEST));
    CompletableFuture<Done> dropping = a.journal.dropBefore(log, 8).toCompletableFuture();
    release(marking);
    done(forgetting.arrived());
    assertThat(rows(1)).isZero();
    assertThat(manifest().dropped()).hasSize(2);

    done(b.recover(log));

    awaitNothingDropped();
    assertThat(dropping).isNotDone();
  }

  @Test
  void shouldGoOnWhereItFailedWhenItIsTrimmedAgain() {
    writeTwelve();
    HeldCall removal = a.store.faults().hold(any(DELETE_SEGMENT));
    CompletableFuture<Done> first = a.journal.dropBefore(log, 4).toCompletableFuture();
    done(removal.arrived());
    a.delays.advance(TestNode.SETTINGS.giveUpAfter());
    removal.fail();
    assertUnavailable(first);

    done(a.journal.dropBefore(log, 8));

    assertThat(rows(1)).isZero();
    assertThat(rows(2)).isZero();
    assertThat(manifest().dropped()).isEmpty();
    done(a.append(log, 13, "e13"));
  }

  @Test
  void shouldAppendWhileRowsAreRemoved() {
    writeTwelve();
    HeldCall removal = a.store.faults().hold(any(DELETE_SEGMENT));
    CompletableFuture<Done> dropping = a.journal.dropBefore(log, 8).toCompletableFuture();
    done(removal.arrived());

    done(a.append(log, 13, "e13"));
    assertThat(a.journal.segments(log)).extracting(Segment::number).containsExactly(3L, 4L);
    release(removal);

    done(dropping);
    assertThat(a.replay(log)).containsExactly("e9", "e10", "e11", "e12", "e13");
  }

  @Test
  void shouldForgetNothingOfALogThatHasMovedMeanwhile() {
    writeTwelve();
    HeldCall removal = a.store.faults().hold(any(DELETE_SEGMENT));
    CompletableFuture<Done> dropping = a.journal.dropBefore(log, 8).toCompletableFuture();
    done(removal.arrived());
    done(b.recover(log));
    awaitNothingDropped();
    LogManifest taken = manifest();

    release(removal);

    assertFenced(dropping);
    assertThat(manifest()).isEqualTo(taken);
    done(b.append(log, 13, "b13"));
  }

  @Test
  void shouldKeepTheEndOfALogWhoseRecordsHaveAllGone() {
    writeTwelve();

    done(a.journal.dropBefore(log, 12));

    assertThat(List.of(rows(1), rows(2), rows(3))).containsOnly(0);
    assertThat(done(a.recover(log))).isEqualTo(12);
    assertThat(done(b.recover(log))).isEqualTo(12);
    assertThat(b.replay(log)).isEmpty();
    assertThat(b.journal.segments(log))
        .singleElement()
        .satisfies(open -> assertThat(open.firstPosition()).isEqualTo(12));
    done(b.append(log, 13, "b13"));
    assertThat(b.replay(log)).containsExactly("b13");
  }

  @Test
  void shouldKeepTheEndWhenTheOwnerDiesWhileTheLastRecordsGo() {
    writeTwelve();
    a.store.faults().hold(any(DELETE_SEGMENT));
    CompletableFuture<Done> dropping = a.journal.dropBefore(log, 12).toCompletableFuture();

    assertThat(done(b.recover(log))).isEqualTo(12);

    awaitNothingDropped();
    assertThat(List.of(rows(1), rows(2), rows(3))).containsOnly(0);
    done(b.append(log, 13, "b13"));
    assertThat(b.replay(log)).containsExactly("b13");
    assertThat(dropping).isNotDone();
  }

  /** The manifest goes last: until then, another may find what is to be deleted. */
  @ParameterizedTest
  @EnumSource(names = {"DELETE_SEGMENT", "DELETE_SNAPSHOTS", "DELETE_MANIFEST"})
  void shouldDeleteALogThatAnotherHasBegunToDelete(StoreOperation lastOfTheFirst) {
    writeTwelve();
    ByteBuffer state = ByteBuffer.wrap(new byte[] {1}).asReadOnlyBuffer();
    done(store().writeSnapshot(new StoredSnapshot(log, 12, 1, state)));
    HeldCall last = a.store.faults().hold(any(lastOfTheFirst));
    CompletableFuture<Done> interrupted = a.journal.delete(log).toCompletableFuture();
    done(last.arrived());

    done(b.journal.delete(log));

    assertThat(done(store().readManifest(log))).isEmpty();
    assertThat(List.of(rows(1), rows(2), rows(3), rows(4))).containsOnly(0);
    assertThat(done(store().readSnapshot(log, 0, MAX, 0, MAX))).isEmpty();
    assertThat(interrupted).isNotDone();
  }

  private void writeTwelve() {
    done(a.recover(log));
    for (int i = 1; i <= 12; i++) {
      done(a.append(log, i, "e" + i));
    }
  }

  private void awaitNothingDropped() {
    await().atMost(LIMIT).until(() -> manifest().dropped().isEmpty());
  }

  private LogManifest manifest() {
    return done(store().readManifest(log)).orElseThrow();
  }

  private int rows(long segment) {
    return done(store().readHeaders(log, segment, 0, MAX, 100)).size();
  }
}
