package io.castalia.api.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Writes values big-endian into a growing array: strings as their length and UTF-8, collections as
 * their count and elements. The counterpart of {@link WireInput}.
 */
public final class WireOutput {
  private static final int INITIAL_BYTES = 256;
  private static final int MOST_SHORT_BYTES = 0xFFFF;
  private static final int NULL_LENGTH = -1;

  private ByteBuffer buffer = ByteBuffer.allocate(INITIAL_BYTES);

  public WireOutput int8(int value) {
    room(Byte.BYTES).put((byte) value);
    return this;
  }

  public WireOutput bool(boolean value) {
    return int8(value ? 1 : 0);
  }

  public WireOutput int16(short value) {
    room(Short.BYTES).putShort(value);
    return this;
  }

  public WireOutput int32(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  public WireOutput int64(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  public WireOutput string(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    int32(bytes.length);
    room(bytes.length).put(bytes);
    return this;
  }

  /** For what is short, with two bytes for its length. */
  public WireOutput shortString(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST_SHORT_BYTES) {
      throw new IllegalArgumentException(
          "expected at most %d bytes, but they were %d".formatted(MOST_SHORT_BYTES, bytes.length));
    }
    int16((short) bytes.length);
    room(bytes.length).put(bytes);
    return this;
  }

  public WireOutput bytes(@Nullable ByteString value) {
    if (value == null) {
      return int32(NULL_LENGTH);
    }
    int32(value.length());
    var unused = value.copyToBuffer(room(value.length()));
    return this;
  }

  public <T> WireOutput list(Collection<T> values, Consumer<T> element) {
    int32(values.size());
    values.forEach(element);
    return this;
  }

  public <T> WireOutput list(Collection<T> values, BiConsumer<WireOutput, T> element) {
    return list(values, value -> element.accept(this, value));
  }

  public <T> WireOutput optional(Optional<T> value, BiConsumer<WireOutput, T> element) {
    bool(value.isPresent());
    value.ifPresent(present -> element.accept(this, present));
    return this;
  }

  /** In the order of keys, so that equal maps have equal bytes. */
  public WireOutput map(Map<String, String> values) {
    return list(
        new TreeMap<>(values).entrySet(), entry -> string(entry.getKey()).string(entry.getValue()));
  }

  public WireOutput uuid(Uuid value) {
    return int64(value.getMostSignificantBits()).int64(value.getLeastSignificantBits());
  }

  public byte[] toByteArray() {
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  private ByteBuffer room(int needed) {
    if (buffer.remaining() < needed) {
      int size = Math.max(buffer.capacity() * 2, buffer.position() + needed);
      buffer = ByteBuffer.allocate(size).put(buffer.flip());
    }
    return buffer;
  }
}
