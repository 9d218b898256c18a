package io.castalia.persistence.journal;

import io.castalia.persistence.EntryEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * Turns the writes of a persistent actor into rows. An atomic write is never divided; several small
 * ones that come together share a row, since a row costs a round trip; an {@link EntryEvent} has a
 * row of its own.
 */
final class EventBatch {
  private final Serialization serialization;
  private final int maxHeaderBytes;
  private final List<EntryDraft> drafts = new ArrayList<>();
  private final List<Optional<Exception>> rejections = new ArrayList<>();
  private final List<Event> shared = new ArrayList<>();
  private String sharedWriter = "";
  private int sharedBytes;

  private EventBatch(Serialization serialization, int maxHeaderBytes) {
    this.serialization = serialization;
    this.maxHeaderBytes = maxHeaderBytes;
  }

  /**
   * Serializes the writes. Those that cannot be serialized are rejected; the others go on.
   *
   * @param maxHeaderBytes when the events that share a row have this many bytes, a new one begins
   */
  static EventBatch of(
      Serialization serialization, int maxHeaderBytes, Iterable<AtomicWrite> writes) {
    EventBatch batch = new EventBatch(serialization, maxHeaderBytes);
    writes.forEach(batch::add);
    batch.closeShared();
    return batch;
  }

  List<EntryDraft> drafts() {
    return drafts;
  }

  /** Whether all rows have a payload beside their events, whose owner awaits verification. */
  boolean isBulky() {
    return drafts.stream().allMatch(draft -> draft.positions().isPresent());
  }

  /** For each write in order, why it was rejected; empty when none was. */
  Iterable<Optional<Exception>> rejections() {
    return rejections.stream().anyMatch(Optional::isPresent) ? rejections : List.of();
  }

  private void add(AtomicWrite write) {
    List<PersistentRepr> events = CollectionConverters.asJava(write.payload());
    try {
      List<Event> serialized = events.stream().map(this::event).toList();
      Optional<EntryEvent> bulky = bulky(events);
      if (bulky.isPresent()) {
        closeShared();
        drafts.add(draft(events.get(0).writerUuid(), serialized, bulky.get()));
      } else {
        share(events.get(0).writerUuid(), serialized);
      }
      rejections.add(Optional.empty());
    } catch (Exception rejected) {
      rejections.add(Optional.of(rejected));
    }
  }

  private Event event(PersistentRepr event) {
    return new Event(
        event.sequenceNr(),
        event.timestamp(),
        event.manifest(),
        Serialized.of(serialization, payload(event)),
        metadata(event).map(metadata -> Serialized.of(serialization, metadata)));
  }

  /** Tags are for queries by tag, which this journal does not offer. */
  private static Object payload(PersistentRepr event) {
    return event.payload() instanceof Tagged tagged ? tagged.payload() : event.payload();
  }

  private static Optional<Object> metadata(PersistentRepr event) {
    return OptionConverters.toJava(event.metadata());
  }

  private static Optional<EntryEvent> bulky(List<PersistentRepr> events) {
    @Nullable EntryEvent found = null;
    for (PersistentRepr event : events) {
      if (payload(event) instanceof EntryEvent entry) {
        if (found != null) {
          throw new IllegalArgumentException(
              "expected at most one event with a bulk payload in an atomic write of '"
                  + event.persistenceId()
                  + "', but there are more");
        }
        found = entry;
      }
    }
    return Optional.ofNullable(found);
  }

  private static EntryDraft draft(String writerUuid, List<Event> events, EntryEvent entry) {
    Positions positions =
        new Positions(entry.firstPosition(), entry.lastPosition(), entry.maxTimestamp());
    return new EntryDraft(writerUuid, events, positions, entry.bulk());
  }

  private void share(String writerUuid, List<Event> events) {
    int bytes = events.stream().mapToInt(event -> event.payload().bytes().remaining()).sum();
    if (!writerUuid.equals(sharedWriter) || sharedBytes + bytes > maxHeaderBytes) {
      closeShared();
    }
    sharedWriter = writerUuid;
    sharedBytes += bytes;
    shared.addAll(events);
  }

  private void closeShared() {
    if (!shared.isEmpty()) {
      drafts.add(
          new EntryDraft(sharedWriter, shared, Positions.NONE, ByteString.emptyByteString()));
      shared.clear();
    }
    sharedBytes = 0;
  }
}
