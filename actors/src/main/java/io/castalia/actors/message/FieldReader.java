package io.castalia.actors.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;
import org.apache.pekko.util.ByteString;

/** Reads what {@link FieldWriter} wrote. Sizes are checked against what is left. */
public final class FieldReader {
  private final ByteBuffer in;

  public FieldReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  public int int8() {
    return in.get();
  }

  public boolean bool() {
    return in.get() != 0;
  }

  public short int16() {
    return in.getShort();
  }

  public int int32() {
    return in.getInt();
  }

  public long int64() {
    return in.getLong();
  }

  public String string() {
    byte[] utf8 = new byte[size()];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  public Uuid uuid() {
    return new Uuid(in.getLong(), in.getLong());
  }

  public Map<String, String> map() {
    Map<String, String> map = new HashMap<>();
    for (int count = size(); count > 0; count--) {
      map.put(string(), string());
    }
    return map;
  }

  public <T> List<T> list(Function<FieldReader, T> element) {
    int count = size();
    List<T> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(element.apply(this));
    }
    return values;
  }

  public ByteString bytes() {
    byte[] bytes = new byte[size()];
    in.get(bytes);
    return ByteString.fromArrayUnsafe(bytes);
  }

  public <T> Optional<T> optional(Function<FieldReader, T> element) {
    return bool() ? Optional.of(element.apply(this)) : Optional.empty();
  }

  private int size() {
    int size = in.getInt();
    if (size < 0 || size > in.remaining()) {
      throw new IllegalArgumentException(
          "expected a size from 0 to " + in.remaining() + ", but it was " + size);
    }
    return size;
  }
}
