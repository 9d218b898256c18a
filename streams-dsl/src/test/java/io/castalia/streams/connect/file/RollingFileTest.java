package io.castalia.streams.connect.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollingFileTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void shouldCutWhatWasNeverAcknowledged() throws IOException {
    append(1_000, 0, 2);
    Files.writeString(file(0), "torn", UTF_8, StandardOpenOption.APPEND);

    append(1_000, 2, 3);

    assertThat(Files.readString(file(0))).isEqualTo("0\n1\n2\n");
  }

  @Test
  void shouldLeaveOutWhatComesAgain() throws IOException {
    append(1_000, 0, 3);

    append(1_000, 1, 5);

    assertThat(Files.readString(file(0))).isEqualTo("0\n1\n2\n3\n4\n");
  }

  @Test
  void shouldBeginAnotherFileWhenOneIsFull() throws IOException {
    append(4, 0, 3);
    append(4, 3, 4);

    assertThat(Files.readString(file(0))).isEqualTo("0\n1\n");
    assertThat(Files.readString(file(2))).isEqualTo("2\n3\n");
  }

  @Test
  void shouldNameFilesAlikeInEveryLocale() throws IOException {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      append(1_000, 7, 8);
    } finally {
      Locale.setDefault(usual);
    }

    assertThat(directory.resolve("events-0-00000000000000000007.log")).hasContent("7");
  }

  private void append(long rollBytes, long from, long to) throws IOException {
    try (RollingFile files = RollingFile.open(directory, "events-0", rollBytes)) {
      files.append(records(from, to));
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(
            offset ->
                new ConsumerRecord<>(
                    "events", 0, offset, new byte[0], Long.toString(offset).getBytes(UTF_8)))
        .toList();
  }

  private Path file(long first) {
    return directory.resolve("events-0-%020d.log".formatted(first));
  }
}
