package io.castalia.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextRecordsTest {

  @Test
  void shouldJoinLinesUntilARecordIsLargeEnough() {
    assertThat(TextRecords.joined(List.of("one", "two", "three", "four", "left"), 7))
        .containsExactly("one two ", "three four ");
  }

  @Test
  void shouldMakeRecordsOfTheExamplesLog(@TempDir Path directory) throws IOException {
    TextRecords text = TextRecords.in(directory, 1_000);

    assertThat(text.meanBytes()).isBetween(1_000, 1_400);
    assertThat(Files.readAllLines(text.file()))
        .hasSizeGreaterThan(1_000)
        .allMatch(record -> record.length() >= 1_000);
  }
}
