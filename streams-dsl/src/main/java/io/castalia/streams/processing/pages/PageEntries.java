package io.castalia.streams.processing.pages;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;

/**
 * The entries of places from a key on; the pages of one are read when its first entry is wanted.
 */
final class PageEntries implements Iterator<Map.Entry<Bytes, Recent>> {
  private final Iterator<PageRef> refs;
  private final Bytes from;
  private final PageSource source;
  private Iterator<Entry> entries = Collections.emptyIterator();

  PageEntries(Iterator<PageRef> refs, Bytes from, PageSource source) {
    this.refs = refs;
    this.from = from;
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    while (!entries.hasNext()) {
      if (!refs.hasNext()) {
        return false;
      }
      entries = entries(refs.next());
    }
    return true;
  }

  private Iterator<Entry> entries(PageRef ref) {
    Bytes first = from.compareTo(ref.first()) > 0 ? from : ref.first();
    List<Iterator<Map.Entry<Bytes, Recent>>> layers = new ArrayList<>();
    ref.numbers().forEach(number -> layers.add(source.page(number).from(first)));
    Collections.reverse(layers);
    return new MergedEntries(layers);
  }

  @Override
  public Map.Entry<Bytes, Recent> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Entry entry = entries.next();
    return Map.entry(entry.key(), new Recent(entry.value(), false));
  }
}
