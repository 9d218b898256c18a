package io.castalia.streams.processing.pages;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Some of the frozen changes of a map, worked into pages.
 *
 * @param change what the map becomes, once the pages are written
 * @param pages to be written, by number
 */
public record Portion(PageChange change, SortedMap<Long, Page> pages) {
  /** Pages of a portion at most; so many numbers are kept for it. */
  public static final int MAX_PAGES = 256;

  public Portion {
    pages = Collections.unmodifiableSortedMap(new TreeMap<>(pages));
  }

  /**
   * The first frozen changes of a map, as far as they fit a portion. Reads the pages in whose
   * places they fall; the same map and number give the same portion.
   *
   * @param firstNumber of the new pages
   */
  public static Portion of(PagedMap map, long firstNumber, PageSource source) {
    return new PortionMaker(map, firstNumber, source).make();
  }
}
