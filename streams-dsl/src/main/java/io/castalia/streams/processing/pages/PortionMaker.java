package io.castalia.streams.processing.pages;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Works frozen changes into pages, one place after the other. Few changes of a place get a small
 * page beside those that it has; else its pages are made anew. One that has grown too large becomes
 * several, and small ones that lie side by side and have both changed become one.
 */
final class PortionMaker {
  /** A page that is larger is cut. */
  static final int MAX_BYTES = 64 * 1024;

  /** The parts are about so large, and can grow. */
  private static final int CUT_BYTES = 48 * 1024;

  /** What is smaller is put together with what is behind it. */
  private static final int SMALL_BYTES = 16 * 1024;

  /** New pages of a portion, after which it takes no more. */
  private static final long PORTION_BYTES = 4 * 1024 * 1024;

  private final FrozenChanges frozen;
  private final long firstNumber;
  private final PageSource source;
  private final List<Bytes> removed = new ArrayList<>();
  private final List<PageRef> added = new ArrayList<>();
  private final SortedMap<Long, Page> pages = new TreeMap<>();
  private long written;
  private final List<Entry> run = new ArrayList<>();
  private long runBytes;
  private Bytes runFirst = PagedMap.LOWEST;

  PortionMaker(PagedMap map, long firstNumber, PageSource source) {
    this.frozen = map.frozen();
    this.firstNumber = firstNumber;
    this.source = source;
  }

  Portion make() {
    KeyRange last = null;
    for (KeyRange range = frozen.placeFrom(PagedMap.LOWEST);
        range != null;
        range = frozen.placeFrom(range.next())) {
      if (last != null && (isFull() || !range.first().equals(last.next()))) {
        cutRun();
      }
      if (isFull()) {
        return portion(range.first());
      }
      if (frozen.goBeside(range)) {
        cutRun();
        addBeside(range);
        last = range;
        continue;
      }
      take(range);
      Bytes left = runBytes < SMALL_BYTES ? null : cutRun();
      if (left != null) {
        PageRef ref = range.ref();
        if (ref != null) {
          added.add(new PageRef(left, ref.numbers()));
        }
        return portion(left);
      }
      last = range;
    }
    cutRun();
    return portion(null);
  }

  /** Whether there is no room for more than what the run will be. */
  private boolean isFull() {
    return pages.size() >= Portion.MAX_PAGES - 1 || written >= PORTION_BYTES;
  }

  /** What the keys of a page's place have become. */
  private void take(KeyRange range) {
    if (run.isEmpty()) {
      runFirst = range.first();
    }
    List<Iterator<Map.Entry<Bytes, Recent>>> layers = new ArrayList<>();
    layers.add(frozen.from(range));
    PageRef ref = range.ref();
    if (ref != null) {
      removed.add(ref.first());
      layers.add(new PageEntries(List.of(ref).iterator(), ref.first(), source));
    }
    Iterator<Entry> merged = new MergedEntries(layers);
    while (merged.hasNext()) {
      Entry entry = merged.next();
      if (!range.contains(entry.key())) {
        break;
      }
      run.add(entry);
      runBytes += entry.bytes();
    }
  }

  /**
   * Makes pages of the run.
   *
   * @return the first key for which there was no room
   */
  private @Nullable Bytes cutRun() {
    long parts = runBytes <= MAX_BYTES ? 1 : (runBytes + CUT_BYTES - 1) / CUT_BYTES;
    long goal = runBytes / parts;
    Bytes first = runFirst;
    int from = 0;
    long bytes = 0;
    Bytes left = null;
    for (int at = 0; at < run.size() && left == null; at++) {
      bytes += run.get(at).bytes();
      boolean last = at + 1 == run.size();
      if (last || (bytes >= goal && parts > 1)) {
        add(first, run.subList(from, at + 1));
        from = at + 1;
        bytes = 0;
        first = last ? first : run.get(from).key();
        left = !last && isExhausted() ? first : null;
      }
    }
    run.clear();
    runBytes = 0;
    return left;
  }

  private boolean isExhausted() {
    return pages.size() >= Portion.MAX_PAGES || written >= PORTION_BYTES;
  }

  private void add(Bytes first, List<Entry> entries) {
    added.add(new PageRef(first, add(Page.of(entries))));
  }

  /** Leaves the pages of a place as they are. */
  private void addBeside(KeyRange range) {
    PageRef ref = Objects.requireNonNull(range.ref());
    removed.add(ref.first());
    added.add(ref.with(add(Page.ofChanges(frozen.of(range)))));
  }

  private long add(Page page) {
    long number = firstNumber + pages.size();
    pages.put(number, page);
    written += page.encoded().length;
    return number;
  }

  private Portion portion(@Nullable Bytes upTo) {
    return new Portion(new PageChange(upTo, removed, added), pages);
  }
}
