package io.castalia.streams.processing.pages;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.TreeMap;
import scala.collection.immutable.TreeMap$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Entries in the order of their keys, in three layers: the changes of late, which are in memory;
 * before them those that are frozen, on their way into pages; and pages, of which only the places
 * are in memory. Immutable, and cheap to change. Changing it reads no page.
 */
public final class PagedMap {
  static final Bytes LOWEST = Bytes.wrap(new byte[0]);

  /** Changes of one place that get a page of their own, in memory; more make its pages anew. */
  private static final long BESIDE_BYTES = 8 * 1024;

  /** What the place of a page takes in memory, in bytes, about. */
  private static final int PLACE = 224;

  private static final TreeMap<Bytes, PageRef> NO_PAGES = TreeMap$.MODULE$.empty(Recents.ORDER);
  private static final PagedMap EMPTY = new PagedMap(Recents.NONE, Recents.NONE, NO_PAGES, LOWEST);

  private final Recents active;
  private final Recents frozen;
  private final TreeMap<Bytes, PageRef> pages;

  /**
   * No entry is before it. Raised by who has looked, so that the next one need not skip again what
   * was removed; a matter of speed, and no part of the value.
   */
  private volatile Bytes floor;

  private PagedMap(Recents active, Recents frozen, TreeMap<Bytes, PageRef> pages, Bytes floor) {
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
    PageRef ref = refOf(key);
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
    PageRef ref = recent(key) == null ? refOf(key) : null;
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
    PageRef ref = refOf(key);
    Iterator<PageRef> refs = refsFrom(ref == null ? key : ref.first());
    return new MergedEntries(
        List.of(active.iterator(key), frozen.iterator(key), new PageEntries(refs, key, source)));
  }

  /** All entries. */
  public Iterator<Entry> all(PageSource source) {
    return from(LOWEST, source);
  }

  /** The keys of the entries before a bound. */
  public List<Bytes> before(Bytes bound, PageSource source) {
    if (floor.compareTo(bound) >= 0) {
      return List.of();
    }
    List<Bytes> found = new ArrayList<>();
    Bytes live = bound;
    for (Iterator<Entry> entries = from(floor, source); entries.hasNext(); ) {
      Bytes key = entries.next().key();
      live = found.isEmpty() ? key : live;
      if (key.compareTo(bound) >= 0) {
        break;
      }
      found.add(key);
    }
    floor = live;
    return found;
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
    TreeMap<Bytes, PageRef> next = pages;
    for (Bytes first : change.removed()) {
      next = next.removed(first);
    }
    for (PageRef ref : change.added()) {
      next = next.updated(ref.first(), ref);
    }
    Bytes upTo = change.upTo();
    return new PagedMap(active, upTo == null ? Recents.NONE : frozen.from(upTo), next, floor);
  }

  /** The numbers of the pages that this map no longer has after a change. */
  public List<Long> supersededBy(PageChange change) {
    Set<Long> stay = new HashSet<>();
    change.added().forEach(ref -> stay.addAll(ref.numbers()));
    return change.removed().stream()
        .flatMap(first -> pages.apply(first).numbers().stream())
        .filter(number -> !stay.contains(number))
        .toList();
  }

  /** What the changes that are not frozen take in memory, in bytes. */
  public long activeBytes() {
    return active.bytes();
  }

  /** What it takes in memory, in bytes, about. */
  public long residentBytes() {
    return active.bytes() + frozen.bytes() + (long) pages.size() * PLACE;
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
    List<Long> found = new ArrayList<>();
    Bytes next = LOWEST;
    while (next != null && found.size() < limit) {
      Iterator<Map.Entry<Bytes, Recent>> changes = frozen.iterator(next);
      if (!changes.hasNext()) {
        break;
      }
      KeyRange range = range(changes.next().getKey());
      PageRef ref = range.ref();
      if (ref != null && !takesBeside(range)) {
        found.addAll(ref.numbers());
      }
      next = range.next();
    }
    return found;
  }

  /** The places of all pages. */
  public List<PageRef> refs() {
    List<PageRef> refs = new ArrayList<>();
    refsFrom(LOWEST).forEachRemaining(refs::add);
    return refs;
  }

  /** Builds a map anew, of what another one told. */
  public static PagedMap of(
      List<Map.Entry<Bytes, Recent>> active,
      List<Map.Entry<Bytes, Recent>> frozen,
      List<PageRef> refs) {
    TreeMap<Bytes, PageRef> pages = NO_PAGES;
    for (PageRef ref : refs) {
      pages = pages.updated(ref.first(), ref);
    }
    return new PagedMap(Recents.of(active), Recents.of(frozen), pages, LOWEST);
  }

  Recents frozen() {
    return frozen;
  }

  /** The page that has a key's place, and what else has it there. */
  KeyRange range(Bytes key) {
    PageRef ref = refOf(key);
    if (ref == null) {
      Iterator<PageRef> all = refsFrom(LOWEST);
      return new KeyRange(LOWEST, null, all.hasNext() ? all.next().first() : null);
    }
    Iterator<PageRef> behind = refsFrom(ref.first());
    behind.next();
    return new KeyRange(ref.first(), ref, behind.hasNext() ? behind.next().first() : null);
  }

  /** The frozen changes of a range. */
  List<Map.Entry<Bytes, Recent>> frozenIn(KeyRange range) {
    List<Map.Entry<Bytes, Recent>> found = new ArrayList<>();
    Iterator<Map.Entry<Bytes, Recent>> changes = frozen.iterator(range.first());
    while (changes.hasNext()) {
      Map.Entry<Bytes, Recent> change = changes.next();
      if (!range.contains(change.getKey())) {
        break;
      }
      found.add(change);
    }
    return found;
  }

  /** Whether the frozen changes of a range are so few that a page beside the others is for them. */
  boolean takesBeside(KeyRange range) {
    PageRef ref = range.ref();
    return ref != null && ref.hasRoom() && Recents.of(frozenIn(range)).bytes() <= BESIDE_BYTES;
  }

  private @Nullable PageRef refOf(Bytes key) {
    Option<PageRef> same = pages.get(key);
    if (same.isDefined()) {
      return same.get();
    }
    Option<Tuple2<Bytes, PageRef>> before = pages.maxBefore(key);
    return before.isDefined() ? before.get()._2() : null;
  }

  private Iterator<PageRef> refsFrom(Bytes key) {
    return CollectionConverters.asJava(pages.valuesIteratorFrom(key));
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
