package io.castalia.persistence.read;

import io.castalia.persistence.ReadQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of one segment in order, without their payloads. Immutable. */
record SegmentIndex(List<Row> rows) {
  static final SegmentIndex EMPTY = new SegmentIndex(List.of());

  SegmentIndex {
    rows = List.copyOf(rows);
  }

  SegmentIndex plus(List<Row> more) {
    var all = new ArrayList<Row>(rows.size() + more.size());
    all.addAll(rows);
    all.addAll(more);
    return new SegmentIndex(all);
  }

  /** Whether the row that holds the position before {@code nextPosition} is known. */
  boolean reaches(long nextPosition) {
    return !rows.isEmpty() && rows.get(rows.size() - 1).lastPosition() + 1 >= nextPosition;
  }

  /** The sequence number from which to read on, or {@code firstSequence} when nothing is known. */
  long nextSequence(long firstSequence) {
    return rows.isEmpty() ? firstSequence : rows.get(rows.size() - 1).sequence() + 1;
  }

  /** The rows that answer the query, none beyond {@code lastSequence}. */
  List<Row> select(ReadQuery query, long lastSequence) {
    var selected = new ArrayList<Row>();
    long bytes = 0;
    for (int i = indexOf(query.position()); i < rows.size(); i++) {
      Row row = rows.get(i);
      boolean beyond = row.sequence() > lastSequence || row.firstPosition() >= query.limit();
      if (beyond || (bytes >= query.maxBytes() && !selected.isEmpty())) {
        break;
      }
      selected.add(row);
      bytes += row.bulkSize();
    }
    return selected;
  }

  /** The first row from {@code position} on with a timestamp of at least {@code timestamp}. */
  Optional<Row> findTimestamp(long position, long limit, long lastSequence, long timestamp) {
    for (int i = indexOf(position); i < rows.size(); i++) {
      Row row = rows.get(i);
      if (row.sequence() > lastSequence || row.firstPosition() >= limit) {
        return Optional.empty();
      }
      if (row.maxTimestamp() >= timestamp) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  private int indexOf(long position) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rows.get(middle).lastPosition() < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
