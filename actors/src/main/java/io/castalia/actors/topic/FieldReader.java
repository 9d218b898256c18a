package io.castalia.actors.topic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;

/** Reads what {@link FieldWriter} wrote. Sizes are checked against what is left. */
final class FieldReader {
  private final ByteBuffer in;

  FieldReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  int int8() {
    return in.get();
  }

  boolean bool() {
    return in.get() != 0;
  }

  short int16() {
    return in.getShort();
  }

  int int32() {
    return in.getInt();
  }

  long int64() {
    return in.getLong();
  }

  String string() {
    byte[] utf8 = new byte[size()];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  Uuid uuid() {
    return new Uuid(in.getLong(), in.getLong());
  }

  Map<String, String> map() {
    Map<String, String> map = new HashMap<>();
    for (int count = size(); count > 0; count--) {
      map.put(string(), string());
    }
    return map;
  }

  <T> List<T> list(Function<FieldReader, T> element) {
    int count = size();
    List<T> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(element.apply(this));
    }
    return values;
  }

  TopicDescription topic() {
    return new TopicDescription(string(), uuid(), int32(), map());
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
