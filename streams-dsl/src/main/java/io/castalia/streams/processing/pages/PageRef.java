package io.castalia.streams.processing.pages;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * A place among the pages of a map.
 *
 * @param first the map has from this key on, up to the first key of the next place, what these
 *     pages have; what they have of keys before does not count
 * @param numbers of the pages, among all that the task ever wrote: one that has all entries, then
 *     small ones that have what has changed since, the latest last
 */
public record PageRef(Bytes first, List<Long> numbers) {
  /** Pages of one place at most: so many are read to find a key. */
  static final int MAX_PAGES = 4;

  public PageRef {
    numbers = List.copyOf(numbers);
  }

  /** A place of one page. */
  public PageRef(Bytes first, long number) {
    this(first, List.of(number));
  }

  /** With the changes that a further page has. */
  PageRef with(long number) {
    List<Long> all = new ArrayList<>(numbers);
    all.add(number);
    return new PageRef(first, all);
  }

  boolean hasRoom() {
    return numbers.size() < MAX_PAGES;
  }
}
