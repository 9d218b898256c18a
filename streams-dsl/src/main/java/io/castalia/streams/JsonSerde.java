package io.castalia.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
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

  private final String kind;
  private final ObjectReader reader;
  private final ObjectWriter writer;

  private JsonSerde(JavaType type, ObjectMapper mapper) {
    this.kind = type.isContainerType() ? type.toCanonical() : type.getRawClass().getSimpleName();
    this.reader = mapper.readerFor(type);
    this.writer = type.isContainerType() ? mapper.writerFor(type) : mapper.writer();
  }

  /** With Jackson's defaults: a field that the class does not have is an error. */
  public static <T> JsonSerde<T> of(Class<T> kind) {
    return of(kind, DEFAULT_MAPPER);
  }

  /** With a mapper of your own, for other modules and other rules. */
  public static <T> JsonSerde<T> of(Class<T> kind, ObjectMapper mapper) {
    return new JsonSerde<>(mapper.constructType(kind), mapper);
  }

  /** Of a type with parameters: {@code JsonSerde.of(new TypeReference<List<Order>>() {})}. */
  public static <T> JsonSerde<T> of(TypeReference<T> kind) {
    return of(kind, DEFAULT_MAPPER);
  }

  /** The same with a mapper of your own. */
  public static <T> JsonSerde<T> of(TypeReference<T> kind, ObjectMapper mapper) {
    return new JsonSerde<>(mapper.constructType(kind), mapper);
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
      return writer.writeValueAsBytes(data);
    } catch (JsonProcessingException e) {
      throw failure("write", topic, e);
    }
  }

  private T read(String topic, byte[] data) {
    try {
      return reader.readValue(data);
    } catch (IOException e) {
      throw failure("read", topic, e);
    }
  }

  private SerializationException failure(String what, String topic, IOException cause) {
    return new SerializationException(
        "cannot %s JSON of %s for topic \"%s\": %s"
            .formatted(what, kind, topic, cause.getMessage()),
        cause);
  }
}
