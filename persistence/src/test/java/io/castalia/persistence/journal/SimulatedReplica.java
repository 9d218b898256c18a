package io.castalia.persistence.journal;

import io.castalia.persistence.store.StoredEntry;
import io.castalia.testkit.simulation.Place;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.apache.pekko.Done;

/** One replica of a simulated store: its own rows, whatever the others have. */
final class SimulatedReplica {
  /** Among the rows of a writer, the one that says it is registered. */
  static final String REGISTERED = "registered";

  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final Place place;
  private final Map<Segment, NavigableMap<Long, Row>> segments = new HashMap<>();
  private final Map<UUID, Set<String>> writers = new HashMap<>();

  private record Segment(String log, long number) {}

  private record Row(StoredEntry entry, StoredEntry header) {}

  SimulatedReplica(Place place) {
    this.place = place;
  }

  Place place() {
    return place;
  }

  /**
   * @throws IllegalStateException if the row is there with other content
   */
  Done writeEntry(StoredEntry entry) {
    Row before =
        segments
            .computeIfAbsent(new Segment(entry.log(), entry.segment()), unused -> new TreeMap<>())
            .putIfAbsent(entry.sequence(), new Row(entry, entry.with(entry.header(), NO_BYTES)));
    if (before != null && !before.entry().equals(entry)) {
      throw new IllegalStateException(
          "row %d of '%s' was %s and would be %s"
              .formatted(entry.sequence(), entry.log(), before.entry(), entry));
    }
    return Done.getInstance();
  }

  List<StoredEntry> readHeaders(String log, long segment, long from, long to, int limit) {
    return rows(log, segment, from, to, limit, Row::header);
  }

  List<StoredEntry> readEntries(String log, long segment, long from, long to) {
    return rows(log, segment, from, to, Integer.MAX_VALUE, Row::entry);
  }

  private List<StoredEntry> rows(
      String log, long segment, long from, long to, int limit, Function<Row, StoredEntry> part) {
    NavigableMap<Long, Row> rows = segments.get(new Segment(log, segment));
    List<StoredEntry> found = new ArrayList<>();
    if (rows == null || from > to) {
      return found;
    }
    for (Row row : rows.subMap(from, true, to, true).values()) {
      if (found.size() == limit) {
        break;
      }
      found.add(part.apply(row));
    }
    return found;
  }

  Done deleteSegment(String log, long segment) {
    segments.remove(new Segment(log, segment));
    return Done.getInstance();
  }

  Done registerWriter(UUID writer) {
    return fence(writer, REGISTERED);
  }

  Done fence(UUID writer, String scope) {
    writers.computeIfAbsent(writer, unused -> new HashSet<>()).add(scope);
    return Done.getInstance();
  }

  Set<String> rowsOf(UUID writer) {
    return Set.copyOf(writers.getOrDefault(writer, Set.of()));
  }
}
