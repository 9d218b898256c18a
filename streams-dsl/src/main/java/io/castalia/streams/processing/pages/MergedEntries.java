package io.castalia.streams.processing.pages;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** What there is when newer changes lie over older ones: of equal keys the newest counts. */
final class MergedEntries implements Iterator<Entry> {
  private final List<Layer> layers = new ArrayList<>();
  private @Nullable Entry next;

  /**
   * Merges entries whose keys ascend.
   *
   * @param layers the newest first
   */
  MergedEntries(List<Iterator<Map.Entry<Bytes, Recent>>> layers) {
    layers.forEach(layer -> this.layers.add(new Layer(layer)));
    this.next = find();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Entry next() {
    Entry found = next;
    if (found == null) {
      throw new NoSuchElementException();
    }
    next = find();
    return found;
  }

  private @Nullable Entry find() {
    for (Layer least = least(); least != null; least = least()) {
      Map.Entry<Bytes, Recent> winner = least.head();
      layers.forEach(layer -> layer.skip(winner.getKey()));
      Bytes value = winner.getValue().value();
      if (value != null) {
        return new Entry(winner.getKey(), value);
      }
    }
    return null;
  }

  /** The newest of the layers that have the least key. */
  private @Nullable Layer least() {
    Layer least = null;
    for (Layer layer : layers) {
      if (layer.head != null
          && (least == null || layer.head().getKey().compareTo(least.head().getKey()) < 0)) {
        least = layer;
      }
    }
    return least;
  }

  private static final class Layer {
    private final Iterator<Map.Entry<Bytes, Recent>> entries;
    private Map.@Nullable Entry<Bytes, Recent> head;

    Layer(Iterator<Map.Entry<Bytes, Recent>> entries) {
      this.entries = entries;
      step();
    }

    Map.Entry<Bytes, Recent> head() {
      if (head == null) {
        throw new NoSuchElementException();
      }
      return head;
    }

    void skip(Bytes key) {
      if (head != null && head.getKey().equals(key)) {
        step();
      }
    }

    private void step() {
      head = entries.hasNext() ? entries.next() : null;
    }
  }
}
