package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.state.StoreSpec;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Keys and values of a store as bytes and back. */
record StoreCodec<K, V>(StoreSpec<K, V> spec) {

  Bytes key(K key) {
    byte[] bytes = spec.keys().serializer().serialize(spec.name(), key);
    if (bytes == null) {
      throw new IllegalArgumentException(
          "expected a key for \"%s\", but it was written as null".formatted(spec.name()));
    }
    return Bytes.wrap(bytes);
  }

  K key(Bytes bytes) {
    return spec.keys().deserializer().deserialize(spec.name(), bytes.get());
  }

  @Nullable Bytes value(@Nullable V value) {
    byte[] bytes = value == null ? null : spec.values().serializer().serialize(spec.name(), value);
    return bytes == null ? null : Bytes.wrap(bytes);
  }

  V value(Bytes bytes) {
    return spec.values().deserializer().deserialize(spec.name(), bytes.get());
  }
}
