package io.castalia.streams.processing.pages;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the order of their keys, in three layers: the changes of late, which are in memory;
 * before them those that are frozen, on their way into pages; and pages, of which only the places
 * are in memory. Immutable, and cheap to change. Changing it reads no page.
 */
public final class PagedMap {
  static final Bytes LOWEST = Bytes.wrap(new byte[0]);

  private static final PagedMap EMPTY =
      new PagedMap(Recents.NONE, Recents.NONE, PageIndex.NONE, LOWEST);

  private final Recents active;
  private final Recents frozen;
  private final PageIndex pages;

  /**
   * No entry is before it. Raised by who has looked, so that the next one need not skip again what
   * was removed; a matter of speed, and no part of the value.
   */
  private volatile Bytes floor;

  private PagedMap(Recents active, Recents frozen, PageIndex pages, Bytes floor) {
    this.active = active;
    this.frozen = frozen;
    this.pages = pages;
    this.floor = floor;
  }

  public static PagedMap empty() {
    return EMPTY;
  }

  public @Nullable Bytes get(Bytes key, PageSource source) {
    Recent recent = recent(key);
    if (recent != null) {
      return recent.value();
    }
    PageRef ref = pages.find(key);
    for (int at = ref == null ? 0 : ref.numbers().size(); ref != null && at > 0; at--) {
      Recent found = source.page(ref.numbers().get(at - 1)).find(key);
      if (found != null) {
        return found.value();
      }
    }
    return null;
  }

  /** How a key has changed of late, if it has. */
  public @Nullable Recent recent(Bytes key) {
    Recent late = active.get(key);
    return late == null ? frozen.get(key) : late;
  }

  /** The pages that may have to be read to get a key. */
  public List<Long> pagesOf(Bytes key) {
    PageRef ref = recent(key) == null ? pages.find(key) : null;
    return ref == null ? List.of() : ref.numbers();
  }

  /**
   * With this entry; null removes it.
   *
   * @param there whether there was an entry of that key
   */
  public PagedMap with(Bytes key, @Nullable Bytes value, boolean there) {
    Recent last = active.get(key);
    boolean covers = last == null ? there : last.covers();
    Recents next =
        value == null && !covers
            ? last == null ? active : active.without(key, last)
            : active.with(key, last, new Recent(value, covers));
    boolean before = value != null && key.compareTo(floor) < 0;
    return new PagedMap(next, frozen, pages, before ? key : floor);
  }

  /** The entries from a key on. */
  public Iterator<Entry> from(Bytes key, PageSource source) {
    return new MergedEntries(
        List.of(
            active.iterator(key),
            frozen.iterator(key),
            new PageEntries(pages.from(key), key, source)));
  }

  /** All entries. */
  public Iterator<Entry> all(PageSource source) {
    return from(LOWEST, source);
  }

  /** The keys of the entries before a bound, one by one; what is changed meanwhile is not seen. */
  public Iterator<Bytes> before(Bytes bound, PageSource source) {
    if (floor.compareTo(bound) >= 0) {
      return Collections.emptyIterator();
    }
    KeysBefore keys = new KeysBefore(from(floor, source), bound);
    floor = keys.floor();
    return keys;
  }

  /** The key of the first entry. */
  public Optional<Bytes> first(PageSource source) {
    Iterator<Entry> entries = from(floor, source);
    if (!entries.hasNext()) {
      return Optional.empty();
    }
    floor = entries.next().key();
    return Optional.of(floor);
  }

  /** With all changes frozen; none may be, yet. */
  public PagedMap freeze() {
    if (isFrozen()) {
      throw new IllegalStateException("expected no frozen changes, but there are some");
    }
    return new PagedMap(Recents.NONE, active, pages, floor);
  }

  /** Whether there are frozen changes. */
  public boolean isFrozen() {
    return !frozen.isEmpty();
  }

  /** With frozen changes in pages. */
  public PagedMap after(PageChange change) {
    Bytes upTo = change.upTo();
    Recents left = upTo == null ? Recents.NONE : frozen.from(upTo);
    return new PagedMap(active, left, pages.after(change), floor);
  }

  /** The numbers of the pages that this map no longer has after a change. */
  public List<Long> supersededBy(PageChange change) {
    return pages.supersededBy(change);
  }

  /** What the changes that are not frozen take in memory, in bytes. */
  public long activeBytes() {
    return active.bytes();
  }

  /** What it takes in memory, in bytes, about. */
  public long residentBytes() {
    return active.bytes() + frozen.bytes() + pages.bytes();
  }

  public void forEachActive(BiConsumer<Bytes, Recent> action) {
    active.forEach(action);
  }

  public void forEachFrozen(BiConsumer<Bytes, Recent> action) {
    frozen.forEach(action);
  }

  /** Whether some of it is in pages. */
  public boolean hasPages() {
    return !pages.isEmpty();
  }

  /** The first of the pages that must be read to work frozen changes into them. */
  public List<Long> frozenPages(int limit) {
    return frozen().pagesToRead(limit);
  }

  /** The places of all pages. */
  public List<PageRef> refs() {
    return pages.all();
  }

  /** Builds a map anew, of what another one told. */
  public static PagedMap of(
      List<Map.Entry<Bytes, Recent>> active,
      List<Map.Entry<Bytes, Recent>> frozen,
      List<PageRef> refs) {
    return new PagedMap(Recents.of(active), Recents.of(frozen), PageIndex.of(refs), LOWEST);
  }

  FrozenChanges frozen() {
    return new FrozenChanges(frozen, pages);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PagedMap that
        && active.entries().equals(that.active.entries())
        && frozen.entries().equals(that.frozen.entries())
        && pages.equals(that.pages);
  }

  @Override
  public int hashCode() {
    return Objects.hash(active.entries(), frozen.entries(), pages);
  }
}
