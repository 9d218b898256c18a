package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.pages.PageChange;
import io.castalia.streams.processing.pages.PagedMap;
import io.castalia.streams.processing.pages.Recent;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds, as bytes in the order of their keys. Immutable, and cheap to change: a
 * snapshot of it can be written while the task goes on. {@link StoreReader} reads it.
 *
 * @param timed whether its keys are {@link TimedKey}s, to be found by time, too
 * @param size how many entries
 * @param bytes of all keys and values
 * @param byKey all entries
 * @param byTime the same by {@link TimedKey#byTime}, without values, if they are timed
 */
public record StoreContent(boolean timed, long size, long bytes, PagedMap byKey, PagedMap byTime) {
  private static final Bytes NO_VALUE = Bytes.wrap(new byte[0]);

  /** An empty store. */
  public static StoreContent empty(boolean timed) {
    return new StoreContent(timed, 0, 0, PagedMap.empty(), PagedMap.empty());
  }

  /** A store that is all in memory. */
  public static StoreContent of(boolean timed, Map<Bytes, Bytes> entries) {
    StoreContent content = empty(timed);
    for (Map.Entry<Bytes, Bytes> entry : entries.entrySet()) {
      content = content.with(entry.getKey(), entry.getValue(), StateChange.NOTHING);
    }
    return content;
  }

  /** With a change. */
  public StoreContent with(StateChange change) {
    return with(change.key(), change.value(), replaced(change));
  }

  /** Earlier versions did not write down what a change replaces; they had all of it in memory. */
  private int replaced(StateChange change) {
    if (change.replaced() != StateChange.UNKNOWN) {
      return change.replaced();
    }
    Recent last = byKey.recent(change.key());
    Bytes value = last == null ? null : last.value();
    return value == null ? StateChange.NOTHING : value.get().length;
  }

  /**
   * With this entry; null removes it.
   *
   * @param replaced bytes of the value that the key has; {@link StateChange#NOTHING} if it has none
   */
  StoreContent with(Bytes key, @Nullable Bytes value, int replaced) {
    boolean there = replaced >= 0;
    if (value == null && !there) {
      return this;
    }
    long more = value == null ? 0 : (long) key.get().length + value.get().length;
    long less = there ? (long) key.get().length + replaced : 0;
    boolean indexed = timed && there == (value == null);
    return new StoreContent(
        timed,
        size + (value == null ? 0 : 1) - (there ? 1 : 0),
        bytes + more - less,
        byKey.with(key, value, there),
        indexed
            ? byTime.with(TimedKey.byTime(key), value == null ? null : NO_VALUE, there)
            : byTime);
  }

  StoreContent freeze() {
    return new StoreContent(timed, size, bytes, byKey.freeze(), byTime.freeze());
  }

  /** Whether changes of it are frozen. */
  public boolean isFrozen() {
    return byKey.isFrozen() || byTime.isFrozen();
  }

  StoreContent after(PageChange change, boolean ofTimes) {
    return new StoreContent(
        timed,
        size,
        bytes,
        ofTimes ? byKey : byKey.after(change),
        ofTimes ? byTime.after(change) : byTime);
  }

  /** What it takes in memory, in bytes, about. */
  public long residentBytes() {
    return byKey.residentBytes() + byTime.residentBytes();
  }

  /** What changes take in memory that are not frozen, in bytes, about. */
  public long activeBytes() {
    return byKey.activeBytes() + byTime.activeBytes();
  }

  @Override
  public String toString() {
    return size + " entries of " + bytes + " bytes";
  }
}
