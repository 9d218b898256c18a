package io.castalia.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class JsonSerdeTest {
  private final JsonSerde<Order> serde = JsonSerde.of(Order.class);

  record Order(String item, int count) {}

  @Test
  void shouldReadWhatItWrote() {
    byte[] json = serde.serializer().serialize("orders", new Order("pen", 2));

    assertThat(new String(json, StandardCharsets.UTF_8))
        .isEqualTo("{\"item\":\"pen\",\"count\":2}");
    assertThat(serde.deserializer().deserialize("orders", json)).isEqualTo(new Order("pen", 2));
  }

  @Test
  @SuppressWarnings("NullAway") // what a tombstone is
  void shouldKeepTombstones() {
    assertThat(serde.serializer().serialize("orders", null)).isNull();
    assertThat(serde.deserializer().deserialize("orders", (byte[]) null)).isNull();
  }

  @Test
  void shouldReadTypesWithParameters() {
    JsonSerde<List<Order>> orders = JsonSerde.of(new TypeReference<List<Order>>() {});
    List<Order> two = List.of(new Order("pen", 2), new Order("ink", 1));

    byte[] json = orders.serializer().serialize("orders", two);

    assertThat(orders.deserializer().deserialize("orders", json)).isEqualTo(two);
  }

  @Test
  void shouldSayWhyItCannotRead() {
    byte[] other = "{\"colour\":1}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> serde.deserializer().deserialize("orders", other))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("cannot read JSON of Order for topic \"orders\"")
        .hasMessageContaining("colour");
  }
}
