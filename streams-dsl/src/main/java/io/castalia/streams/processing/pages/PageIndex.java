package io.castalia.streams.processing.pages;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.TreeMap;
import scala.collection.immutable.TreeMap$;
import scala.jdk.javaapi.CollectionConverters;

/** The places of a map's pages, by their first keys. Immutable, and cheap to change. */
record PageIndex(TreeMap<Bytes, PageRef> places) {
  static final PageIndex NONE = new PageIndex(TreeMap$.MODULE$.empty(Recents.ORDER));

  /** What a place takes in memory, in bytes, about. */
  private static final int PLACE = 224;

  static PageIndex of(List<PageRef> refs) {
    TreeMap<Bytes, PageRef> places = NONE.places;
    for (PageRef ref : refs) {
      places = places.updated(ref.first(), ref);
    }
    return new PageIndex(places);
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  long bytes() {
    return (long) places.size() * PLACE;
  }

  /** The place that has a key; null if all places begin behind it. */
  @Nullable PageRef find(Bytes key) {
    Option<PageRef> same = places.get(key);
    if (same.isDefined()) {
      return same.get();
    }
    Option<Tuple2<Bytes, PageRef>> before = places.maxBefore(key);
    return before.isDefined() ? before.get()._2() : null;
  }

  /** The place that has a key, if there is one, and all behind it. */
  Iterator<PageRef> from(Bytes key) {
    PageRef ref = find(key);
    return CollectionConverters.asJava(places.valuesIteratorFrom(ref == null ? key : ref.first()));
  }

  List<PageRef> all() {
    List<PageRef> all = new ArrayList<>();
    from(PagedMap.LOWEST).forEachRemaining(all::add);
    return all;
  }

  /** The place that has a key, and what else has its place there. */
  KeyRange range(Bytes key) {
    Iterator<PageRef> behind = from(key);
    PageRef ref = find(key);
    if (ref != null) {
      behind.next();
    }
    Bytes next = behind.hasNext() ? behind.next().first() : null;
    return new KeyRange(ref == null ? PagedMap.LOWEST : ref.first(), ref, next);
  }

  PageIndex after(PageChange change) {
    TreeMap<Bytes, PageRef> next = places;
    for (Bytes first : change.removed()) {
      next = next.removed(first);
    }
    for (PageRef ref : change.added()) {
      next = next.updated(ref.first(), ref);
    }
    return new PageIndex(next);
  }

  /** The numbers of the pages that are in no place any more after a change. */
  List<Long> supersededBy(PageChange change) {
    Set<Long> stay = new HashSet<>();
    change.added().forEach(ref -> stay.addAll(ref.numbers()));
    return change.removed().stream()
        .flatMap(first -> places.apply(first).numbers().stream())
        .filter(number -> !stay.contains(number))
        .toList();
  }
}
