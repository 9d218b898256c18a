package io.castalia.streams.connect.cassandra;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Goes over the rows of one range of tokens, once for each window of time. */
final class RangeScan {

  /** Asks for rows. */
  interface Rows {
    /** The rows of a window whose tokens are within these, in the order of tokens. */
    Iterator<TableRow> of(ScanWindow window, long firstToken, long lastToken);
  }

  /**
   * A row and the place behind it.
   *
   * @param place where a scan goes on
   */
  record Found(TableRow row, ScanPlace place) {}

  private final TokenRange range;
  private final Rows rows;
  private final UnaryOperator<Optional<ScanWindow>> windows;
  private Optional<ScanWindow> window = Optional.empty();
  private Iterator<TableRow> left = Collections.emptyIterator();

  /**
   * A scan.
   *
   * @param windows gives the window after one, nothing after the last
   * @param place what was last read; nothing to begin with the first window
   */
  RangeScan(
      TokenRange range,
      Rows rows,
      UnaryOperator<Optional<ScanWindow>> windows,
      Optional<ScanPlace> place) {
    this.range = range;
    this.rows = rows;
    this.windows = windows;
    place.ifPresent(
        start -> {
          window = Optional.of(start.window());
          left = behind(start);
        });
  }

  TokenRange range() {
    return range;
  }

  /** Whether the window that was begun has rows that were not taken. */
  boolean hasMore() {
    return left.hasNext();
  }

  /** Begins with the next window, if this one has no more; false if there is none. */
  boolean next() {
    if (hasMore()) {
      return true;
    }
    window = windows.apply(window);
    window.ifPresent(each -> left = rows.of(each, range.first(), range.last()));
    return window.isPresent();
  }

  /** The next rows, at most this many; fewer, if the window has no more. */
  List<Found> take(int limit) {
    List<Found> taken = new ArrayList<>();
    while (taken.size() < limit && hasMore()) {
      TableRow row = left.next();
      window.ifPresent(each -> taken.add(new Found(row, ScanPlace.behind(row, each))));
    }
    return taken;
  }

  /**
   * The rows behind a place, which may be within a partition. If its row is not there any more,
   * nothing tells which of the token's rows were read before, and all come again.
   */
  private Iterator<TableRow> behind(ScanPlace place) {
    Iterator<TableRow> found = rows.of(place.window(), place.token(), range.last());
    while (found.hasNext()) {
      TableRow row = found.next();
      if (row.token() != place.token()) {
        break;
      }
      if (row.key().equals(place.key())) {
        return found;
      }
    }
    return rows.of(place.window(), place.token(), range.last());
  }
}
