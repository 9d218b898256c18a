package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "A.b_c-9", "__consumer_offsets", "...", "_"})
  void shouldAcceptLegalNames(String name) {
    assertThat(TopicNames.complaint(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a b", "a/b", "é", "a\n", "a:b"})
  void shouldRefuseIllegalNames(String name) {
    assertThat(TopicNames.complaint(name)).isPresent();
  }

  @Test
  void shouldLimitTheLength() {
    assertThat(TopicNames.complaint("x".repeat(249))).isEmpty();
    assertThat(TopicNames.complaint("x".repeat(250)))
        .hasValueSatisfying(message -> assertThat(message).contains("249"));
  }

  @Test
  void shouldTakeDotsAndUnderscoresForTheSame() {
    assertThat(TopicNames.collisionKey("a.b_c")).isEqualTo(TopicNames.collisionKey("a_b.c"));
    assertThat(TopicNames.collisionKey("a-b")).isNotEqualTo(TopicNames.collisionKey("a.b"));
  }
}
