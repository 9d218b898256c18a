package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.pages.Entry;
import io.castalia.streams.processing.pages.PageSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads a store, in memory and in pages. What needs a page waits for it.
 *
 * @param source of the pages
 */
public record StoreReader(StoreContent content, PageSource source) {

  @Nullable Bytes get(Bytes key) {
    return content.byKey().get(key, source);
  }

  /** The entries from one key on to another, both inside. */
  List<Entry> range(Bytes from, Bytes to) {
    List<Entry> found = new ArrayList<>();
    for (Iterator<Entry> entries = content.byKey().from(from, source); entries.hasNext(); ) {
      Entry entry = entries.next();
      if (entry.key().compareTo(to) > 0) {
        break;
      }
      found.add(entry);
    }
    return found;
  }

  /** The entries whose keys begin with these bytes. */
  List<Entry> startingWith(Bytes prefix) {
    List<Entry> found = new ArrayList<>();
    int length = prefix.get().length;
    for (Iterator<Entry> entries = content.byKey().from(prefix, source); entries.hasNext(); ) {
      Entry entry = entries.next();
      if (Arrays.mismatch(prefix.get(), entry.key().get()) != length
          && !entry.key().equals(prefix)) {
        break;
      }
      found.add(entry);
    }
    return found;
  }

  /** The keys of entries before a time, the earliest first. */
  List<Bytes> before(long time) {
    return content.byTime().before(TimedKey.bound(time), source).stream()
        .map(TimedKey::ofTime)
        .toList();
  }

  /** The key of the earliest entry. */
  Optional<Bytes> first() {
    return content.byTime().first(source).map(TimedKey::ofTime);
  }

  /** Visits all entries in the order of their keys. */
  public void forEach(BiConsumer<Bytes, Bytes> action) {
    content
        .byKey()
        .all(source)
        .forEachRemaining(entry -> action.accept(entry.key(), entry.value()));
  }
}
