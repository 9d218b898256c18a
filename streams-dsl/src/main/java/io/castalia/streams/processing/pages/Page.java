package io.castalia.streams.processing.pages;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/**
 * Entries in the order of their keys, as the bytes that are stored: the format's version, how many
 * entries, and of each the lengths and the bytes of key and value. Immutable.
 */
public final class Page {
  private static final byte VERSION = 1;
  private static final int HEADER = 1 + Integer.BYTES;
  private static final int LENGTHS = 2 * Integer.BYTES;

  private final byte[] bytes;
  private final int[] starts;

  private Page(byte[] bytes, int[] starts) {
    this.bytes = bytes;
    this.starts = starts;
  }

  /** A page of entries whose keys ascend. */
  public static Page of(List<Entry> entries) {
    int length = HEADER;
    for (Entry entry : entries) {
      length = Math.addExact(length, Math.toIntExact(LENGTHS + entry.bytes()));
    }
    ByteBuffer out = ByteBuffer.allocate(length).put(VERSION).putInt(entries.size());
    int[] starts = new int[entries.size()];
    for (int i = 0; i < starts.length; i++) {
      Entry entry = entries.get(i);
      starts[i] = out.position();
      out.putInt(entry.key().get().length).putInt(entry.value().get().length);
      out.put(entry.key().get()).put(entry.value().get());
    }
    return new Page(out.array(), starts);
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
        in.position(in.position() + LENGTHS + in.getInt() + in.getInt(in.position()));
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

  Optional<Bytes> find(Bytes key) {
    int at = indexFrom(key);
    return at < size() && compare(at, key) == 0 ? Optional.of(entry(at).value()) : Optional.empty();
  }

  /** The index of the first entry that is not before a key. */
  int indexFrom(Bytes key) {
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

  Entry entry(int index) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int key = in.getInt(starts[index]);
    int value = in.getInt(starts[index] + Integer.BYTES);
    int from = starts[index] + LENGTHS;
    return new Entry(
        Bytes.wrap(Arrays.copyOfRange(bytes, from, from + key)),
        Bytes.wrap(Arrays.copyOfRange(bytes, from + key, from + key + value)));
  }

  private int compare(int index, Bytes key) {
    int from = starts[index] + LENGTHS;
    int length = ByteBuffer.wrap(bytes).getInt(starts[index]);
    return Arrays.compareUnsigned(bytes, from, from + length, key.get(), 0, key.get().length);
  }
}
