package io.castalia.streams.processing.pages;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Frozen changes of a map, and the places among its pages into which they are to be worked. */
record FrozenChanges(Recents changes, PageIndex pages) {
  /** Changes of one place that get a page of their own, in memory; more make its pages anew. */
  private static final long BESIDE_BYTES = 8 * 1024;

  /** The place of the first change from a key on; null if there is none, or no key. */
  @Nullable KeyRange placeFrom(@Nullable Bytes key) {
    if (key == null) {
      return null;
    }
    Iterator<Map.Entry<Bytes, Recent>> found = changes.iterator(key);
    return found.hasNext() ? pages.range(found.next().getKey()) : null;
  }

  /** The changes from a place's first key on, beyond the place too. */
  Iterator<Map.Entry<Bytes, Recent>> from(KeyRange range) {
    return changes.iterator(range.first());
  }

  /** The changes of a place. */
  List<Map.Entry<Bytes, Recent>> of(KeyRange range) {
    List<Map.Entry<Bytes, Recent>> found = new ArrayList<>();
    Iterator<Map.Entry<Bytes, Recent>> all = from(range);
    while (all.hasNext()) {
      Map.Entry<Bytes, Recent> change = all.next();
      if (!range.contains(change.getKey())) {
        break;
      }
      found.add(change);
    }
    return found;
  }

  /** Whether the changes of a place are so few that a page beside the others is for them. */
  boolean goBeside(KeyRange range) {
    PageRef ref = range.ref();
    return ref != null && ref.hasRoom() && Recents.of(of(range)).bytes() <= BESIDE_BYTES;
  }

  /** The first of the pages that must be read to work the changes into them. */
  List<Long> pagesToRead(int limit) {
    List<Long> found = new ArrayList<>();
    KeyRange range = placeFrom(PagedMap.LOWEST);
    while (range != null && found.size() < limit) {
      PageRef ref = range.ref();
      if (ref != null && !goBeside(range)) {
        found.addAll(ref.numbers());
      }
      range = placeFrom(range.next());
    }
    return found;
  }
}
