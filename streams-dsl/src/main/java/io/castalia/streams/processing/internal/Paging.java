package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.pages.PageChange;
import io.castalia.streams.processing.pages.PagedMap;
import io.castalia.streams.processing.pages.Portion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The pages of a task. A number is given to one page only, ever. Since the owner has journaled that
 * it takes the numbers from {@link #nextPage} on, a former owner that goes on without knowing
 * writes other pages, and none that this one has.
 *
 * @param nextPage number of the next page
 * @param superseded pages that the state no longer has, to be deleted in this order
 */
public record Paging(long nextPage, List<Long> superseded) {
  /** Before there are any. */
  public static final Paging NONE = new Paging(0, List.of());

  public Paging {
    superseded = List.copyOf(superseded);
  }

  /** Frozen changes that are to be worked into pages. */
  public record Unpaged(String store, boolean ofTimes, PagedMap map) {}

  /** The frozen changes that come first, in an order that is always the same. */
  static Optional<Unpaged> first(Map<String, StoreContent> stores) {
    return new TreeMap<>(stores)
        .entrySet().stream()
            .filter(entry -> entry.getValue().isFrozen())
            .findFirst()
            .map(entry -> unpaged(entry.getKey(), entry.getValue()));
  }

  private static Unpaged unpaged(String store, StoreContent content) {
    boolean ofTimes = !content.byKey().isFrozen();
    return new Unpaged(store, ofTimes, ofTimes ? content.byTime() : content.byKey());
  }

  /** Without the first superseded pages, which have been deleted. */
  Paging without(int deleted) {
    return new Paging(nextPage, superseded.subList(deleted, superseded.size()));
  }

  /** Whatever pages another owner has begun to write, and not journaled, are of no use. */
  Paging abandoned() {
    List<Long> all = new ArrayList<>(superseded);
    long next = nextPage + Portion.MAX_PAGES;
    LongStream.range(nextPage, next).forEach(all::add);
    return new Paging(next, all);
  }

  /** When the task begins anew: of what its stores had in pages nothing is of use. */
  Paging withNone(Map<String, StoreContent> stores) {
    Paging known = first(stores).isPresent() ? abandoned() : this;
    List<Long> all = new ArrayList<>(known.superseded);
    for (StoreContent store : stores.values()) {
      store.byKey().refs().forEach(ref -> all.addAll(ref.numbers()));
      store.byTime().refs().forEach(ref -> all.addAll(ref.numbers()));
    }
    return new Paging(known.nextPage, all);
  }

  /** When a map has changed its pages. */
  Paging after(PagedMap map, PageChange change) {
    List<Long> all = new ArrayList<>(superseded);
    all.addAll(map.supersededBy(change));
    long next =
        change.added().stream()
            .flatMap(ref -> ref.numbers().stream())
            .mapToLong(number -> number + 1)
            .max()
            .orElse(0);
    return new Paging(Math.max(nextPage, next), all);
  }
}
