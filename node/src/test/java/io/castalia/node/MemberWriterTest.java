package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberWriterTest {
  @Test
  void shouldReadWhatItWrites() {
    UUID writer = UUID.randomUUID();

    assertThat(MemberWriter.parse(MemberWriter.role(writer))).contains(writer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "writer=", "writer=17", "kafka=1@127.0.0.1:9092", "writer=1-2-3-4-5", "dc-a"})
  void shouldPassOverOtherRoles(String role) {
    assertThat(MemberWriter.parse(role)).isEmpty();
  }
}
