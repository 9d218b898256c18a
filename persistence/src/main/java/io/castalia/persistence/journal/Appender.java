package io.castalia.persistence.journal;

import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.StoredEntry;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/**
 * Writes rows at the end of an owned log, one after the other, and lets them be acknowledged when
 * the writer has been verified after the last of them, which the next rows need not wait for. All
 * methods are for the operation that has the cell's turn.
 */
final class Appender {
  private final LogStore store;
  private final Delays delays;
  private final JournalMeters meters;
  private final JournalSettings settings;
  private final Manifests manifests;
  private final Supplier<UUID> ids;
  private final SegmentNumbers numbers;
  private final AppendListener listener;

  Appender(JournalGround ground, Manifests manifests, AppendListener listener) {
    this.store = ground.store();
    this.delays = ground.delays();
    this.meters = ground.meters();
    this.settings = ground.settings();
    this.ids = ground.ids();
    this.numbers = ground.numbers();
    this.manifests = manifests;
    this.listener = listener;
  }

  /**
   * Rows that are durable.
   *
   * @param verified completes when they may be acknowledged
   */
  record Written(CompletionStage<Done> verified) {}

  /** Writes the rows; completes when they are durable. */
  CompletionStage<Written> append(
      LogCell cell, Writer writer, List<EntryDraft> drafts, Retry retry) {
    LogState before = cell.ownedState(writer.id());
    checkFollows(cell.log(), before.open(), drafts);
    Appended appended = new Appended();
    CompletionStage<Done> written = CompletableFuture.completedFuture(Done.getInstance());
    for (EntryDraft draft : drafts) {
      written = written.thenCompose(done -> write(cell, draft, appended, retry));
    }
    return written
        .thenApply(
            done -> {
              CompletionStage<Done> verified = verify(cell, writer, before.epoch(), appended);
              cell.verifying(verified);
              return new Written(verified);
            })
        .whenComplete((done, failure) -> cell.failIf(failure));
  }

  private CompletionStage<Done> verify(LogCell cell, Writer writer, int epoch, Appended appended) {
    return writer
        .verifier()
        .verify(FenceScope.of(cell.log(), epoch))
        .thenApply(
            done -> {
              appended.tell(epoch, listener);
              return done;
            })
        .whenComplete((done, failure) -> cell.failIf(failure));
  }

  private CompletionStage<Done> write(
      LogCell cell, EntryDraft draft, Appended appended, Retry retry) {
    LogState state = cell.knownState();
    CompletionStage<LogState> ready = CompletableFuture.completedFuture(state);
    if (state.open().isFull(settings)) {
      cell.at("begin a segment");
      ready = manifests.change(cell, state.roll(ids.get(), numbers), retry);
    }
    return ready.thenCompose(
        at -> {
          cell.at("write a row");
          StoredEntry row = at.row(cell.log(), draft);
          long begun = delays.nanoTime();
          return retry
              .untilKnown(() -> store.writeEntry(row))
              .thenApply(
                  done -> {
                    meters.written(row, delays.nanoTime() - begun);
                    cell.update(at.plus(row));
                    appended.add(row, draft);
                    return done;
                  });
        });
  }

  /** Checked before anything is written, so that a wrong write leaves the log as it was. */
  private static void checkFollows(String log, OpenSegment open, List<EntryDraft> drafts) {
    long nextSequence = open.nextSequence();
    long nextPosition = open.nextPosition();
    for (EntryDraft draft : drafts) {
      if (draft.firstSequence() < nextSequence) {
        throw new IllegalStateException(
            "expected sequence number "
                + nextSequence
                + " or later in '"
                + log
                + "', but it was "
                + draft.firstSequence());
      }
      Positions positions = draft.positions();
      if (positions.isPresent() && positions.first() != nextPosition) {
        throw new IllegalStateException(
            "expected position "
                + nextPosition
                + " to follow in '"
                + log
                + "', but it was "
                + positions.first());
      }
      nextSequence = draft.lastSequence() + 1;
      nextPosition = positions.isPresent() ? positions.last() + 1 : nextPosition;
    }
  }
}
