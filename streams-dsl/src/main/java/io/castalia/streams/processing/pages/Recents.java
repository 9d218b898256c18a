package io.castalia.streams.processing.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.immutable.TreeMap;
import scala.collection.immutable.TreeMap$;
import scala.jdk.javaapi.OptionConverters;
import scala.math.Ordering;

/**
 * Changes in the order of their keys. Immutable, and cheap to change.
 *
 * @param bytes what they take in memory, about
 */
record Recents(TreeMap<Bytes, Recent> entries, long bytes) {
  /** Of an entry in the tree, beside the bytes of its key and value. */
  private static final long OVERHEAD = 128;

  static final Ordering<Bytes> ORDER =
      scala.math.Ordering$.MODULE$.comparatorToOrdering(Comparator.<Bytes>naturalOrder());
  static final Recents NONE = new Recents(TreeMap$.MODULE$.empty(ORDER), 0);

  static Recents of(List<Map.Entry<Bytes, Recent>> changes) {
    Recents all = NONE;
    for (Map.Entry<Bytes, Recent> change : changes) {
      all = all.with(change.getKey(), null, change.getValue());
    }
    return all;
  }

  @Nullable Recent get(Bytes key) {
    return OptionConverters.toJava(entries.get(key)).orElse(null);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /**
   * With a change.
   *
   * @param last the key's change so far
   */
  Recents with(Bytes key, @Nullable Recent last, Recent next) {
    long change = size(key, next) - (last == null ? 0 : size(key, last));
    return new Recents(entries.updated(key, next), bytes + change);
  }

  /** Without the change of a key. */
  Recents without(Bytes key, Recent last) {
    return new Recents(entries.removed(key), bytes - size(key, last));
  }

  /** Those from a key on. */
  Recents from(Bytes key) {
    List<Map.Entry<Bytes, Recent>> left = new ArrayList<>();
    iterator(key).forEachRemaining(left::add);
    return of(left);
  }

  /** From a key on. */
  java.util.Iterator<Map.Entry<Bytes, Recent>> iterator(Bytes from) {
    Iterator<Tuple2<Bytes, Recent>> found = entries.iteratorFrom(from);
    return new java.util.Iterator<>() {
      @Override
      public boolean hasNext() {
        return found.hasNext();
      }

      @Override
      public Map.Entry<Bytes, Recent> next() {
        Tuple2<Bytes, Recent> entry = found.next();
        return Map.entry(entry._1(), entry._2());
      }
    };
  }

  void forEach(BiConsumer<Bytes, Recent> action) {
    iterator(PagedMap.LOWEST)
        .forEachRemaining(entry -> action.accept(entry.getKey(), entry.getValue()));
  }

  private static long size(Bytes key, Recent recent) {
    Bytes value = recent.value();
    return OVERHEAD + key.get().length + (value == null ? 0 : value.get().length);
  }
}
