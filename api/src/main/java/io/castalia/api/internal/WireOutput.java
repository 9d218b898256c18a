package io.castalia.api.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Writes values big-endian into a growing array; the counterpart of {@link WireInput}. */
public final class WireOutput {
  private static final int INITIAL_BYTES = 256;
  private static final int MOST_SHORT_BYTES = 0xFFFF;
  private static final int NULL_LENGTH = -1;

  private ByteBuffer buffer = ByteBuffer.allocate(INITIAL_BYTES);

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

  public WireOutput map(Map<String, String> values) {
    return list(values.entrySet(), entry -> string(entry.getKey()).string(entry.getValue()));
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
