package io.castalia.api.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link WireOutput} wrote. A declared size beyond what is left is refused before it is
 * allocated.
 */
public final class WireInput {
  private final ByteBuffer buffer;

  public WireInput(byte[] bytes) {
    this.buffer = ByteBuffer.wrap(bytes);
  }

  public int int8() {
    return buffer.get();
  }

  public boolean bool() {
    return int8() != 0;
  }

  public short int16() {
    return buffer.getShort();
  }

  public int int32() {
    return buffer.getInt();
  }

  public long int64() {
    return buffer.getLong();
  }

  public String string() {
    return new String(take(size()), StandardCharsets.UTF_8);
  }

  public String shortString() {
    return new String(
        take(checked(Short.toUnsignedInt(buffer.getShort()))), StandardCharsets.UTF_8);
  }

  public @Nullable ByteString bytes() {
    int length = buffer.getInt();
    return length < 0 ? null : ByteString.fromArrayUnsafe(take(checked(length)));
  }

  /** Of what is never null. */
  public ByteString presentBytes() {
    ByteString bytes = bytes();
    if (bytes == null) {
      throw new IllegalArgumentException("expected bytes, but they were null");
    }
    return bytes;
  }

  public <T> List<T> list(Function<WireInput, T> element) {
    return list(() -> element.apply(this));
  }

  public <T> List<T> list(Supplier<T> element) {
    int count = size();
    if (count == 0) {
      return List.of();
    }
    var values = new ArrayList<T>(count);
    for (int i = 0; i < count; i++) {
      values.add(element.get());
    }
    return values;
  }

  public Map<String, String> map() {
    int count = size();
    var values = new HashMap<String, String>();
    for (int i = 0; i < count; i++) {
      values.put(string(), string());
    }
    return values;
  }

  public <T> Optional<T> optional(Function<WireInput, T> element) {
    return bool() ? Optional.of(element.apply(this)) : Optional.empty();
  }

  public Uuid uuid() {
    return new Uuid(int64(), int64());
  }

  private int size() {
    return checked(buffer.getInt());
  }

  private int checked(int size) {
    if (size < 0 || size > buffer.remaining()) {
      throw new IllegalArgumentException(
          "expected a size within the " + buffer.remaining() + " bytes left, but it was " + size);
    }
    return size;
  }

  private byte[] take(int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }
}
