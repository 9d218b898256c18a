package io.castalia.actors.message;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.Uuid;
import org.apache.pekko.util.ByteString;

/**
 * Writes fields big-endian: strings as their length and UTF-8, collections as their count and
 * elements, maps in the order of their keys so that equal values have equal bytes.
 */
public final class FieldWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public byte[] toByteArray() {
    return out.toByteArray();
  }

  public void int8(int value) {
    out.write(value);
  }

  public void bool(boolean value) {
    out.write(value ? 1 : 0);
  }

  public void int16(short value) {
    out.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort(value).array());
  }

  public void int32(int value) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  public void int64(long value) {
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  public void string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    int32(utf8.length);
    out.writeBytes(utf8);
  }

  public void uuid(Uuid value) {
    int64(value.getMostSignificantBits());
    int64(value.getLeastSignificantBits());
  }

  public void map(Map<String, String> map) {
    int32(map.size());
    new TreeMap<>(map)
        .forEach(
            (key, value) -> {
              string(key);
              string(value);
            });
  }

  public <T> void list(Collection<T> values, BiConsumer<FieldWriter, T> element) {
    int32(values.size());
    values.forEach(value -> element.accept(this, value));
  }

  public void bytes(ByteString value) {
    int32(value.length());
    out.writeBytes(value.toArrayUnsafe());
  }

  public <T> void optional(Optional<T> value, BiConsumer<FieldWriter, T> element) {
    bool(value.isPresent());
    value.ifPresent(present -> element.accept(this, present));
  }
}
