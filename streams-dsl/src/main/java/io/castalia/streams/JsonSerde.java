package io.castalia.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Objects as JSON, by Jackson; records without further ado. Null stays null, as a tombstone. What
 * cannot be read or written fails with a {@link SerializationException} that says why. For use by
 * many threads.
 */
public final class JsonSerde<T> implements Serde<T> {
  private static final ObjectMapper DEFAULT_MAPPER = new ObjectMapper();

  private final Class<T> kind;
  private final ObjectMapper mapper;

  private JsonSerde(Class<T> kind, ObjectMapper mapper) {
    this.kind = kind;
    this.mapper = mapper;
  }

  /** With Jackson's defaults: a field that the class does not have is an error. */
  public static <T> JsonSerde<T> of(Class<T> kind) {
    return new JsonSerde<>(kind, DEFAULT_MAPPER);
  }

  /** With a mapper of your own, for other modules and other rules. */
  public static <T> JsonSerde<T> of(Class<T> kind, ObjectMapper mapper) {
    return new JsonSerde<>(kind, mapper);
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's interface says nothing of nulls, which are tombstones
  public Serializer<T> serializer() {
    return (topic, data) -> data == null ? null : write(topic, data);
  }

  @Override
  @SuppressWarnings("NullAway")
  public Deserializer<T> deserializer() {
    return (topic, data) -> data == null ? null : read(topic, data);
  }

  private byte[] write(String topic, T data) {
    try {
      return mapper.writeValueAsBytes(data);
    } catch (JsonProcessingException e) {
      throw failure("write", topic, e);
    }
  }

  private T read(String topic, byte[] data) {
    try {
      return mapper.readValue(data, kind);
    } catch (IOException e) {
      throw failure("read", topic, e);
    }
  }

  private SerializationException failure(String what, String topic, IOException cause) {
    return new SerializationException(
        "cannot %s a %s of topic \"%s\" as JSON: %s"
            .formatted(what, kind.getSimpleName(), topic, cause.getMessage()),
        cause);
  }
}
