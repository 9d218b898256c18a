package io.castalia.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineSourceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"''|", "a|a", "a~|a", "a~b|a,b", "a~~b~|a,,b", "a\r~b|a\r,b", "~|''"})
  void shouldSplitAtLineFeedsOnly(String input, String expected) throws IOException {
    List<String> wanted =
        expected == null ? List.of() : new ArrayList<>(List.of(expected.split(",", -1)));

    assertThat(read(input.replace('~', '\n'))).isEqualTo(wanted);
  }

  private static List<String> read(String text) throws IOException {
    LineSource source =
        new LineSource(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    List<String> lines = new ArrayList<>();
    Optional<byte[]> line = source.next();
    while (line.isPresent()) {
      lines.add(new String(line.get(), StandardCharsets.ISO_8859_1));
      line = source.next();
    }
    assertThat(source.count()).isEqualTo(lines.size());
    return lines;
  }
}
