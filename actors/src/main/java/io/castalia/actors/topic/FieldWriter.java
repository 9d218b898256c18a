package io.castalia.actors.topic;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.Uuid;

/**
 * Writes fields big-endian: strings as their length and UTF-8, collections as their count and
 * elements, maps in the order of their keys so that equal values have equal bytes.
 */
final class FieldWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  byte[] toByteArray() {
    return out.toByteArray();
  }

  void int8(int value) {
    out.write(value);
  }

  void bool(boolean value) {
    out.write(value ? 1 : 0);
  }

  void int16(short value) {
    out.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort(value).array());
  }

  void int32(int value) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  void int64(long value) {
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  void string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    int32(utf8.length);
    out.writeBytes(utf8);
  }

  void uuid(Uuid value) {
    int64(value.getMostSignificantBits());
    int64(value.getLeastSignificantBits());
  }

  void map(Map<String, String> map) {
    int32(map.size());
    new TreeMap<>(map)
        .forEach(
            (key, value) -> {
              string(key);
              string(value);
            });
  }

  <T> void list(Collection<T> values, BiConsumer<FieldWriter, T> element) {
    int32(values.size());
    values.forEach(value -> element.accept(this, value));
  }

  void topic(TopicDescription topic) {
    string(topic.name());
    uuid(topic.id());
    int32(topic.partitions());
    map(topic.configs());
  }
}
