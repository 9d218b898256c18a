package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.pages.Entry;
import io.castalia.streams.processing.pages.PageSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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

  /** The entries from a key on, read as they are asked for; later changes are not seen. */
  Iterator<Entry> from(Bytes key) {
    return content.byKey().from(key, source);
  }

  /** The entries from one key on to another, both inside, as {@link #from} gives them. */
  Stream<Entry> range(Bytes from, Bytes to) {
    return stream(from(from)).takeWhile(entry -> entry.key().compareTo(to) <= 0);
  }

  /** The entries from a key on whose keys begin with these bytes, as {@link #from} gives them. */
  Stream<Entry> startingWith(Bytes prefix, Bytes from) {
    return stream(from(from.compareTo(prefix) > 0 ? from : prefix))
        .takeWhile(entry -> startsWith(entry.key(), prefix.get()));
  }

  private static boolean startsWith(Bytes key, byte[] prefix) {
    return key.get().length >= prefix.length
        && Arrays.equals(key.get(), 0, prefix.length, prefix, 0, prefix.length);
  }

  /** All entries in the order of their keys, as {@link #from} gives them. */
  public Stream<Entry> all() {
    return stream(content.byKey().all(source));
  }

  private static Stream<Entry> stream(Iterator<Entry> entries) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(entries, 0), false);
  }

  /** The {@link TimedKey#byTime turned} keys of entries before a time, as {@link #from} gives. */
  Iterator<Bytes> before(long time) {
    return content.byTime().before(TimedKey.bound(time), source);
  }

  /** The key of the earliest entry. */
  Optional<Bytes> first() {
    return content.byTime().first(source).map(TimedKey::ofTime);
  }
}
