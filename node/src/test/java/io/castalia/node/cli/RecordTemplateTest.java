package io.castalia.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordTemplateTest {
  @Test
  void shouldTakeWholeLineAsValueWithoutSeparator() {
    var record = new RecordTemplate("t", null, "", Map.of()).record(bytes("a=b"), 1);

    assertThat(record.key()).isNull();
    assertThat(record.value()).isEqualTo(bytes("a=b"));
    assertThat(record.partition()).isNull();
  }

  @Test
  void shouldSplitAtFirstSeparator() {
    var record = new RecordTemplate("t", 2, "::", Map.of()).record(bytes("k::v::w"), 1);

    assertThat(record.key()).isEqualTo(bytes("k"));
    assertThat(record.value()).isEqualTo(bytes("v::w"));
    assertThat(record.partition()).isEqualTo(2);
  }

  @Test
  void shouldCarryHeaders() {
    var record = new RecordTemplate("t", null, "", Map.of("from", "test")).record(bytes("v"), 1);

    assertThat(record.headers().lastHeader("from").value()).isEqualTo(bytes("test"));
  }

  @Test
  void shouldRefuseLineWithoutSeparator() {
    var template = new RecordTemplate("t", null, "\t", Map.of());

    assertThatThrownBy(() -> template.record(bytes("no key"), 7))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("line 7");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
