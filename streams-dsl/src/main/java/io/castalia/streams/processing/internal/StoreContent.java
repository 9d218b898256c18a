package io.castalia.streams.processing.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
 * What a store holds, as bytes in the order of their keys. Immutable, and cheap to change: a
 * snapshot of it can be written while the task goes on.
 */
public final class StoreContent {
  private static final Ordering<Bytes> ORDER =
      scala.math.Ordering$.MODULE$.comparatorToOrdering(Comparator.<Bytes>naturalOrder());
  private static final TreeMap<Bytes, Bytes> NOTHING = TreeMap$.MODULE$.empty(ORDER);

  private final boolean timed;
  private final TreeMap<Bytes, Bytes> entries;
  private final TreeMap<Bytes, Bytes> byTime;
  private final long bytes;

  private StoreContent(
      boolean timed, TreeMap<Bytes, Bytes> entries, TreeMap<Bytes, Bytes> byTime, long bytes) {
    this.timed = timed;
    this.entries = entries;
    this.byTime = byTime;
    this.bytes = bytes;
  }

  /**
   * An empty store.
   *
   * @param timed whether its keys are {@link TimedKey}s, to be found by time, too
   */
  public static StoreContent empty(boolean timed) {
    return new StoreContent(timed, NOTHING, NOTHING, 0);
  }

  public @Nullable Bytes get(Bytes key) {
    return OptionConverters.toJava(entries.get(key)).orElse(null);
  }

  /** With this entry; null removes it. */
  public StoreContent with(Bytes key, @Nullable Bytes value) {
    Bytes last = get(key);
    if (value == null) {
      return last == null ? this : without(key, last);
    }
    long change = last == null ? size(key, value) : value.get().length - last.get().length;
    return new StoreContent(
        timed,
        entries.updated(key, value),
        timed && last == null ? byTime.updated(TimedKey.byTime(key), key) : byTime,
        bytes + change);
  }

  private StoreContent without(Bytes key, Bytes last) {
    return new StoreContent(
        timed,
        entries.removed(key),
        timed ? byTime.removed(TimedKey.byTime(key)) : byTime,
        bytes - size(key, last));
  }

  private static long size(Bytes key, Bytes value) {
    return (long) key.get().length + value.get().length;
  }

  /** The entries from one key on to another, both inside. */
  List<Map.Entry<Bytes, Bytes>> range(Bytes from, Bytes to) {
    List<Map.Entry<Bytes, Bytes>> found = new ArrayList<>();
    Iterator<Tuple2<Bytes, Bytes>> iterator = entries.iteratorFrom(from);
    while (iterator.hasNext()) {
      Tuple2<Bytes, Bytes> entry = iterator.next();
      if (entry._1().compareTo(to) > 0) {
        break;
      }
      found.add(Map.entry(entry._1(), entry._2()));
    }
    return found;
  }

  /** The entries whose keys begin with these bytes. */
  List<Map.Entry<Bytes, Bytes>> startingWith(Bytes prefix) {
    List<Map.Entry<Bytes, Bytes>> found = new ArrayList<>();
    int length = prefix.get().length;
    Iterator<Tuple2<Bytes, Bytes>> iterator = entries.iteratorFrom(prefix);
    while (iterator.hasNext()) {
      Tuple2<Bytes, Bytes> entry = iterator.next();
      if (Arrays.mismatch(prefix.get(), entry._1().get()) != length && !entry._1().equals(prefix)) {
        break;
      }
      found.add(Map.entry(entry._1(), entry._2()));
    }
    return found;
  }

  /** The keys of entries before a time, the earliest first. */
  List<Bytes> before(long time) {
    List<Bytes> found = new ArrayList<>();
    Bytes bound = TimedKey.bound(time);
    Iterator<Tuple2<Bytes, Bytes>> iterator = byTime.iterator();
    while (iterator.hasNext()) {
      Tuple2<Bytes, Bytes> entry = iterator.next();
      if (entry._1().compareTo(bound) >= 0) {
        break;
      }
      found.add(entry._2());
    }
    return found;
  }

  /** The key of the earliest entry. */
  Optional<Bytes> first() {
    return OptionConverters.toJava(byTime.headOption()).map(Tuple2::_2);
  }

  /** Visits all entries in the order of their keys. */
  public void forEach(BiConsumer<Bytes, Bytes> action) {
    Iterator<Tuple2<Bytes, Bytes>> iterator = entries.iterator();
    while (iterator.hasNext()) {
      Tuple2<Bytes, Bytes> entry = iterator.next();
      action.accept(entry._1(), entry._2());
    }
  }

  /** How many entries. */
  public int size() {
    return entries.size();
  }

  /** Bytes of all keys and values. */
  public long bytes() {
    return bytes;
  }

  /** Whether its keys are {@link TimedKey}s. */
  public boolean isTimed() {
    return timed;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoreContent that
        && timed == that.timed
        && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return Objects.hash(timed, entries);
  }

  @Override
  public String toString() {
    return size() + " entries of " + bytes + " bytes";
  }
}
