package io.castalia.streams.processing.pages;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** The keys of entries before a bound, read as they are asked for. */
final class KeysBefore implements Iterator<Bytes> {
  private final Iterator<Entry> entries;
  private final Bytes bound;
  private @Nullable Bytes next;

  KeysBefore(Iterator<Entry> entries, Bytes bound) {
    this.entries = entries;
    this.bound = bound;
    this.next = read();
  }

  private @Nullable Bytes read() {
    return entries.hasNext() ? entries.next().key() : null;
  }

  /** Before the first call of {@link #next}: no entry comes before this key. */
  Bytes floor() {
    return next == null ? bound : next;
  }

  @Override
  public boolean hasNext() {
    return next != null && next.compareTo(bound) < 0;
  }

  @Override
  public Bytes next() {
    Bytes key = next;
    if (key == null || !hasNext()) {
      throw new NoSuchElementException();
    }
    next = read();
    return key;
  }
}
