package io.castalia.streams.processing.internal;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/**
 * The key of an entry that belongs to a time. As bytes its order is: key, time, number; so that the
 * entries of one key in a span of time lie side by side.
 *
 * @param key the user's key
 * @param time milliseconds since the epoch: a window's start, a session's end, a record's time
 * @param number tells entries of one key and time apart: a session's start, a record's ticket
 */
record TimedKey(Bytes key, long time, long number) {
  private static final int TIMES = 2 * Long.BYTES;

  Bytes encoded() {
    byte[] bytes = key.get();
    return Bytes.wrap(
        ByteBuffer.allocate(Integer.BYTES + bytes.length + TIMES)
            .putInt(bytes.length)
            .put(bytes)
            .putLong(ordered(time))
            .putLong(ordered(number))
            .array());
  }

  static TimedKey decode(Bytes encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded.get());
    byte[] key = new byte[in.getInt()];
    in.get(key);
    return new TimedKey(Bytes.wrap(key), ordered(in.getLong()), ordered(in.getLong()));
  }

  /** The encoded key, so that the earliest comes first. */
  static Bytes byTime(Bytes encoded) {
    byte[] bytes = encoded.get();
    byte[] turned = new byte[bytes.length];
    int split = bytes.length - TIMES;
    System.arraycopy(bytes, split, turned, 0, TIMES);
    System.arraycopy(bytes, 0, turned, TIMES, split);
    return Bytes.wrap(turned);
  }

  /** The encoded key of a turned one. */
  static Bytes ofTime(Bytes turned) {
    byte[] bytes = turned.get();
    byte[] encoded = new byte[bytes.length];
    int split = bytes.length - TIMES;
    System.arraycopy(bytes, 0, encoded, split, TIMES);
    System.arraycopy(bytes, TIMES, encoded, 0, split);
    return Bytes.wrap(encoded);
  }

  /** Behind all entries before this time, in the order of {@link #byTime}. */
  static Bytes bound(long time) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(ordered(time)).array());
  }

  /** Unsigned order of bytes is then the order of the numbers. */
  private static long ordered(long number) {
    return number ^ Long.MIN_VALUE;
  }
}
