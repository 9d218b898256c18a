package io.castalia.persistence.journal;

import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.ManifestChange;
import io.castalia.persistence.store.StoredEntry;
import io.castalia.persistence.store.StoredSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the owner of a log knows of it. Immutable; the methods that end in a {@link Change} say what
 * the manifest must become for the state to become another.
 *
 * @param writer the writer that owns the log
 * @param epoch the epoch in which it does
 * @param nonce the manifest's nonce
 * @param deletedTo events up to this sequence number are deleted; 0 if none
 * @param sealed the closed segments, ascending
 * @param open the segment that is written to
 */
record LogState(
    UUID writer,
    int epoch,
    UUID nonce,
    long deletedTo,
    List<StoredSegment> sealed,
    OpenSegment open) {
  LogState {
    sealed = List.copyOf(sealed);
  }

  /**
   * A change of the manifest and the state that follows from it.
   *
   * @param manifest the change
   * @param next the state once it has been applied
   */
  record Change(ManifestChange manifest, LogState next) {}

  /** A log that is new. */
  static Change create(UUID writer, UUID nonce) {
    OpenSegment first = OpenSegment.empty(1, 0, 1, 0);
    LogState next = new LogState(writer, 0, nonce, 0, List.of(), first);
    return next.replacing(List.of(first.stored()), List.of());
  }

  /**
   * A log taken over in a new epoch: seals the former owner's segment behind its last valid row, or
   * drops it when it has none, and opens the next.
   *
   * @param before the manifest as it is
   * @param tail the former owner's segment with the rows that are valid
   */
  static Change takeOver(LogManifest before, OpenSegment tail, UUID writer, UUID nonce) {
    List<StoredSegment> sealed =
        new ArrayList<>(before.segments().subList(0, before.segments().size() - 1));
    int epoch = before.epoch() + 1;
    OpenSegment open = tail.next(epoch);
    List<StoredSegment> put = new ArrayList<>(List.of(open.stored()));
    if (!tail.isEmpty()) {
      sealed.add(tail.sealed());
      put.add(tail.sealed());
    }
    LogState next = new LogState(writer, epoch, nonce, before.deletedTo(), sealed, open);
    return next.replacing(put, tail.isEmpty() ? List.of(tail.number()) : List.of());
  }

  /** Closes the open segment and opens the next. */
  Change roll(UUID freshNonce) {
    List<StoredSegment> closed = new ArrayList<>(sealed);
    closed.add(open.sealed());
    OpenSegment opened = open.next(epoch);
    LogState next = new LogState(writer, epoch, freshNonce, deletedTo, closed, opened);
    return next.replacing(List.of(open.sealed(), opened.stored()), List.of());
  }

  /** Deletes events up to a sequence number, and the closed segments that hold no others. */
  Change deleteTo(long sequence, UUID freshNonce) {
    long upTo = Math.max(deletedTo, Math.min(sequence, lastSequence()));
    return dropping(
        sealed.stream().filter(each -> each.lastSequence() <= upTo).toList(), upTo, freshNonce);
  }

  /** Drops the closed segments that lie below a position. */
  Change dropBefore(long position, UUID freshNonce) {
    List<StoredSegment> dropped = sealedBefore(position);
    long upTo = Math.max(deletedTo, dropped.get(dropped.size() - 1).lastSequence());
    return dropping(dropped, upTo, freshNonce);
  }

  /** The closed segments whose positions, and those of all before them, lie below a position. */
  List<StoredSegment> sealedBefore(long position) {
    return position <= 0
        ? List.of()
        : sealed.stream().takeWhile(each -> each.nextPosition() <= position).toList();
  }

  LogState plus(StoredEntry row) {
    return new LogState(writer, epoch, nonce, deletedTo, sealed, open.plus(row));
  }

  /** The row that a draft becomes at the end of the log. */
  StoredEntry row(String log, EntryDraft draft) {
    EntryHeader header = new EntryHeader(open.nextSequence(), draft.writerUuid(), draft.events());
    return new StoredEntry(
        log,
        open.number(),
        draft.lastSequence(),
        draft.positions().first(),
        draft.positions().last(),
        draft.positions().maxTimestamp(),
        draft.bulk().length(),
        header.encode(),
        draft.bulk().asByteBuffer());
  }

  long lastSequence() {
    return open.nextSequence() - 1;
  }

  /** All segments, ascending; the last one is open. */
  List<StoredSegment> segments() {
    return Stream.concat(sealed.stream(), Stream.of(open.stored())).toList();
  }

  private Change dropping(List<StoredSegment> dropped, long upTo, UUID freshNonce) {
    List<StoredSegment> kept = sealed.stream().filter(each -> !dropped.contains(each)).toList();
    LogState next = new LogState(writer, epoch, freshNonce, upTo, kept, open);
    return next.replacing(List.of(), dropped.stream().map(StoredSegment::number).toList());
  }

  private Change replacing(List<StoredSegment> put, List<Long> remove) {
    return new Change(new ManifestChange(epoch, writer, nonce, deletedTo, put, remove), this);
  }
}
