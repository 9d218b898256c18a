package io.castalia.streams.processing.pages;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** The entries of pages from a key on; a page is read when its first entry is wanted. */
final class PageEntries implements Iterator<Map.Entry<Bytes, Recent>> {
  private final Iterator<PageRef> refs;
  private final Bytes from;
  private final PageSource source;
  private @Nullable Page page;
  private int index;

  PageEntries(Iterator<PageRef> refs, Bytes from, PageSource source) {
    this.refs = refs;
    this.from = from;
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    while (page == null || index >= page.size()) {
      if (!refs.hasNext()) {
        return false;
      }
      PageRef ref = refs.next();
      page = source.page(ref.number());
      index = page.indexFrom(from.compareTo(ref.first()) > 0 ? from : ref.first());
    }
    return true;
  }

  @Override
  public Map.Entry<Bytes, Recent> next() {
    if (!hasNext() || page == null) {
      throw new NoSuchElementException();
    }
    Entry entry = page.entry(index++);
    return Map.entry(entry.key(), new Recent(entry.value(), false));
  }
}
