package io.castalia.persistence.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a row's header holds: one event, or several that were written together and are therefore
 * there together or not at all.
 *
 * <p>A row covers the sequence numbers from {@code firstSequence} to the row's own. Numbers that no
 * event bears belonged to events that were rejected.
 *
 * @param firstSequence the first sequence number covered
 * @param writerUuid the incarnation of the persistent actor that wrote the events
 * @param events ascending by sequence number
 */
record EntryHeader(long firstSequence, String writerUuid, List<Event> events) {
  private static final int VERSION = 1;

  EntryHeader {
    events = List.copyOf(events);
  }

  ByteBuffer encode() {
    BinaryOutput out = new BinaryOutput();
    out.number(VERSION);
    out.number(firstSequence);
    out.text(writerUuid);
    out.number(events.size());
    for (Event event : events) {
      out.number(event.sequence() - firstSequence);
      out.number(event.timestamp());
      out.text(event.adapterManifest());
      event.payload().write(out);
      Serialized.writeOptional(out, event.metadata());
    }
    return out.toBuffer();
  }

  /**
   * Reads a header.
   *
   * @throws IllegalStateException if it is damaged or of an unknown version
   */
  static EntryHeader decode(ByteBuffer header) {
    BinaryInput in = new BinaryInput(header);
    long firstSequence = firstSequence(in);
    String writerUuid = in.text();
    long count = in.number();
    List<Event> events = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      events.add(
          new Event(
              firstSequence + in.number(),
              in.number(),
              in.text(),
              Serialized.read(in),
              Serialized.readOptional(in)));
    }
    return new EntryHeader(firstSequence, writerUuid, events);
  }

  /** Reads the first sequence number only. */
  static long firstSequence(ByteBuffer header) {
    return firstSequence(new BinaryInput(header));
  }

  private static long firstSequence(BinaryInput in) {
    long version = in.number();
    if (version != VERSION) {
      throw new IllegalStateException(
          "expected an entry header of version " + VERSION + ", but it has version " + version);
    }
    return in.number();
  }
}
