package io.castalia.persistence.journal;

import io.castalia.persistence.FencedException;
import io.castalia.persistence.Segment;
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
 * @param dropped closed segments of which nothing is left, ascending; named until their rows are
 *     gone
 * @param sealed the other closed segments, ascending
 * @param open the segment that is written to
 */
record LogState(
    UUID writer,
    int epoch,
    UUID nonce,
    long deletedTo,
    List<StoredSegment> dropped,
    List<StoredSegment> sealed,
    OpenSegment open) {
  LogState {
    dropped = List.copyOf(dropped);
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
  static Change create(UUID writer, UUID nonce, SegmentNumbers numbers) {
    OpenSegment first = OpenSegment.first(numbers);
    LogState next = new LogState(writer, 0, nonce, 0, List.of(), List.of(), first);
    return next.replacing(List.of(first.stored()), List.of());
  }

  /**
   * A log taken over in a new epoch: seals the former owner's segment behind its last valid row, or
   * forgets it when it has none, and opens the next.
   *
   * @param before the manifest as it is
   * @param tail the former owner's segment with the rows that are valid
   */
  static Change takeOver(
      LogManifest before, OpenSegment tail, UUID writer, UUID nonce, SegmentNumbers numbers) {
    int epoch = before.epoch() + 1;
    OpenSegment open = tail.next(epoch, numbers);
    List<StoredSegment> closed =
        new ArrayList<>(before.segments().subList(0, before.segments().size() - 1));
    List<StoredSegment> put = new ArrayList<>(List.of(open.stored()));
    if (!tail.isEmpty()) {
      closed.add(tail.sealed());
      put.add(tail.sealed());
    }
    return new LogState(writer, epoch, nonce, before.deletedTo(), List.of(), closed, open)
        .sorted()
        .replacing(put, tail.isEmpty() ? List.of(tail.number()) : List.of());
  }

  /** Closes the open segment and opens the next. */
  Change roll(UUID freshNonce, SegmentNumbers numbers) {
    List<StoredSegment> closed = new ArrayList<>(sealed);
    closed.add(open.sealed());
    OpenSegment opened = open.next(epoch, numbers);
    return new LogState(writer, epoch, freshNonce, deletedTo, dropped, closed, opened)
        .sorted()
        .replacing(List.of(open.sealed(), opened.stored()), List.of());
  }

  /** Closes the open segment and opens none: the next owner does. */
  ManifestChange release(UUID freshNonce) {
    return new ManifestChange(
        epoch, writer, freshNonce, deletedTo, List.of(open.sealed()), List.of());
  }

  /** Deletes events up to a sequence number, and drops the closed segments that hold no others. */
  Change deleteTo(long sequence, UUID freshNonce) {
    return deleted(Math.min(sequence, lastSequence()), freshNonce).replacing(List.of(), List.of());
  }

  /** Deletes all events: the log is left with an open segment that is empty. */
  Change deleteAll(UUID freshNonce, SegmentNumbers numbers) {
    if (open.isEmpty()) {
      return deleteTo(lastSequence(), freshNonce);
    }
    Change closed = roll(freshNonce, numbers);
    return closed
        .next()
        .deleted(lastSequence(), freshNonce)
        .replacing(closed.manifest().put(), List.of());
  }

  /**
   * Drops the segments that lie wholly below a position, with their events. When all that the log
   * holds lies below it, the open segment is closed, so that it can go too.
   */
  Change dropBefore(long position, UUID freshNonce, SegmentNumbers numbers) {
    if (position > 0 && !open.isEmpty() && open.nextPosition() <= position) {
      return deleteAll(freshNonce, numbers);
    }
    List<StoredSegment> below = sealedBefore(position);
    return deleteTo(below.isEmpty() ? 0 : below.get(below.size() - 1).lastSequence(), freshNonce);
  }

  /** Forgets dropped segments whose rows are gone. */
  Change forget(List<StoredSegment> gone, UUID freshNonce) {
    List<StoredSegment> left = dropped.stream().filter(each -> !gone.contains(each)).toList();
    LogState next = new LogState(writer, epoch, freshNonce, deletedTo, left, sealed, open);
    return next.replacing(List.of(), gone.stream().map(StoredSegment::number).toList());
  }

  /** The closed segments whose positions, and those of all before them, lie below a position. */
  private List<StoredSegment> sealedBefore(long position) {
    return position <= 0
        ? List.of()
        : sealed.stream().takeWhile(each -> each.nextPosition() <= position).toList();
  }

  /**
   * To be called for who has known the log since an epoch began.
   *
   * @throws FencedException if that epoch is over
   */
  void checkEpoch(String log, int expected) {
    if (epoch != expected) {
      throw new FencedException(
          "expected the log '%s' in epoch %d, but it is in epoch %d"
              .formatted(log, expected, epoch));
    }
  }

  LogState plus(StoredEntry row) {
    return new LogState(writer, epoch, nonce, deletedTo, dropped, sealed, open.plus(row));
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

  /** The segments that hold what there is, ascending; the last one is open. */
  List<StoredSegment> segments() {
    return Stream.concat(sealed.stream(), Stream.of(open.stored())).toList();
  }

  /** The same, as others are told of them. */
  List<Segment> described() {
    return Stream.concat(
            sealed.stream().map(each -> described(each, true)),
            Stream.of(described(open.sealed(), false)))
        .toList();
  }

  private static Segment described(StoredSegment stored, boolean sealed) {
    return new Segment(
        stored.number(),
        stored.epoch(),
        stored.firstPosition(),
        stored.nextPosition(),
        stored.bytes(),
        stored.maxTimestamp(),
        sealed);
  }

  private LogState deleted(long sequence, UUID freshNonce) {
    long upTo = Math.max(deletedTo, sequence);
    return new LogState(writer, epoch, freshNonce, upTo, dropped, sealed, open).sorted();
  }

  /** With the closed segments of which nothing is left among the dropped ones. */
  private LogState sorted() {
    List<StoredSegment> gone = new ArrayList<>(dropped);
    List<StoredSegment> kept = new ArrayList<>();
    sealed.forEach(each -> (each.lastSequence() <= deletedTo ? gone : kept).add(each));
    return new LogState(writer, epoch, nonce, deletedTo, gone, kept, open);
  }

  private Change replacing(List<StoredSegment> put, List<Long> remove) {
    return new Change(new ManifestChange(epoch, writer, nonce, deletedTo, put, remove), this);
  }
}
