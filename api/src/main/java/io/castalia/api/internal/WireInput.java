package io.castalia.api.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
