package io.castalia.streams.processing.pages;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Entries, or changes of entries, in the order of their keys, as the bytes that are stored: the
 * format's version, how many entries, and of each the lengths and the bytes of key and value, or
 * that it was removed. Immutable.
 */
public final class Page {
  private static final byte VERSION = 1;
  private static final int HEADER = 1 + Integer.BYTES;
  private static final int LENGTHS = 2 * Integer.BYTES;

  /** In place of the length of a value. */
  private static final int REMOVED = -1;

  private final byte[] bytes;
  private final int[] starts;

  private Page(byte[] bytes, int[] starts) {
    this.bytes = bytes;
    this.starts = starts;
  }

  /** A page of entries whose keys ascend. */
  static Page of(List<Entry> entries) {
    List<Map.Entry<Bytes, Recent>> all = new ArrayList<>(entries.size());
    entries.forEach(entry -> all.add(Map.entry(entry.key(), new Recent(entry.value(), false))));
    return ofChanges(all);
  }

  /** A page of changes whose keys ascend. */
  static Page ofChanges(List<Map.Entry<Bytes, Recent>> changes) {
    int length = HEADER;
    for (Map.Entry<Bytes, Recent> change : changes) {
      int value = Math.max(0, length(change.getValue()));
      length = Math.addExact(length, LENGTHS + change.getKey().get().length + value);
    }
    ByteBuffer out = ByteBuffer.allocate(length).put(VERSION).putInt(changes.size());
    int[] starts = new int[changes.size()];
    for (int i = 0; i < starts.length; i++) {
      Map.Entry<Bytes, Recent> change = changes.get(i);
      Bytes value = change.getValue().value();
      starts[i] = out.position();
      out.putInt(change.getKey().get().length).putInt(length(change.getValue()));
      out.put(change.getKey().get());
      if (value != null) {
        out.put(value.get());
      }
    }
    return new Page(out.array(), starts);
  }

  private static int length(Recent change) {
    Bytes value = change.value();
    return value == null ? REMOVED : value.get().length;
  }

  /**
   * Reads a page.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  public static Page decode(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      byte version = in.get();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "expected a page in version %d, but it is in version %d".formatted(VERSION, version));
      }
      int[] starts = new int[in.getInt()];
      for (int i = 0; i < starts.length; i++) {
        starts[i] = in.position();
        int key = in.getInt();
        int value = Math.max(0, in.getInt());
        in.position(in.position() + key + value);
      }
      return new Page(bytes, starts);
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new IllegalArgumentException(
          "expected a page, but %d bytes end before it does".formatted(bytes.length), e);
    }
  }

  /** The page as it is stored; not to be changed. */
  public byte[] encoded() {
    return bytes;
  }

  /** How many entries. */
  public int size() {
    return starts.length;
  }

  /** What it takes in memory, in bytes. */
  public long residentBytes() {
    return bytes.length + (long) Integer.BYTES * starts.length;
  }

  /** What it has for a key; null if it says nothing of it. */
  @Nullable Recent find(Bytes key) {
    int at = indexFrom(key);
    return at < size() && compare(at, key) == 0 ? change(at).getValue() : null;
  }

  /** From a key on. */
  Iterator<Map.Entry<Bytes, Recent>> from(Bytes key) {
    return IntStream.range(indexFrom(key), size()).mapToObj(this::change).iterator();
  }

  /** The index of the first entry that is not before a key. */
  private int indexFrom(Bytes key) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(middle, key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Map.Entry<Bytes, Recent> change(int index) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int key = in.getInt(starts[index]);
    int value = in.getInt(starts[index] + Integer.BYTES);
    int from = starts[index] + LENGTHS;
    Bytes found = value == REMOVED ? null : bytes(from + key, value);
    return Map.entry(bytes(from, key), new Recent(found, false));
  }

  private Bytes bytes(int from, int length) {
    return Bytes.wrap(Arrays.copyOfRange(bytes, from, from + length));
  }

  private int compare(int index, Bytes key) {
    int from = starts[index] + LENGTHS;
    int length = ByteBuffer.wrap(bytes).getInt(starts[index]);
    return Arrays.compareUnsigned(bytes, from, from + length, key.get(), 0, key.get().length);
  }
}
