package io.castalia.streams.connect.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTailTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory = Path.of("");
  private final List<String> lines = new ArrayList<>();
  private Optional<FileMark> last = Optional.empty();
  private Path log = Path.of("");

  @BeforeEach
  void name() {
    log = directory.resolve("app.log");
  }

  @Test
  void shouldWaitForTheEndOfALine() throws IOException {
    append("one\r\ntw");
    try (FileTail tail = tail(Optional.empty())) {
      read(tail, 1);
      append("o\n");
      read(tail, 2);
    }

    assertThat(lines).containsExactly("one", "two");
  }

  @Test
  void shouldGoOnInARenamedFileAndThoseThatCameBetween() throws IOException {
    append("one\n");
    try (FileTail tail = tail(Optional.empty())) {
      read(tail, 1);
    }
    append("two\n");
    rename("app.log.2", 1);
    append("three\n");
    rename("app.log.1", 2);
    append("four\n");

    try (FileTail tail = tail(last)) {
      read(tail, 4);
    }

    assertThat(lines).containsExactly("one", "two", "three", "four");
  }

  @Test
  void shouldBeginAnewInAFileThatWasEmptied() throws IOException {
    append("one\ntwo\n");
    try (FileTail tail = tail(Optional.empty())) {
      read(tail, 2);
      Files.writeString(log, "new\n", UTF_8);
      read(tail, 3);
    }

    assertThat(lines).containsExactly("one", "two", "new");
  }

  @Test
  void shouldNotTakeAnotherFileForTheOneThatItKnew() throws IOException {
    append("one\n");
    try (FileTail tail = tail(Optional.empty())) {
      read(tail, 1);
    }
    Files.writeString(log, "other file with the inode of the first\n", UTF_8);

    try (FileTail tail = tail(last)) {
      read(tail, 2);
    }

    assertThat(lines).last().isEqualTo("other file with the inode of the first");
  }

  @Test
  void shouldEndARecordOfSeveralLinesWhenNoMoreCome() throws IOException {
    append("A 1\n  2\n");
    try (FileTail tail = tail(Optional.empty(), Optional.of(Pattern.compile("^A")))) {
      read(tail, 1);
      append("A 3\n");
      read(tail, 2);
    }

    assertThat(lines).containsExactly("A 1\n  2", "A 3");
  }

  private FileTail tail(Optional<FileMark> mark) {
    return tail(mark, Optional.empty());
  }

  private FileTail tail(Optional<FileMark> mark, Optional<Pattern> first) {
    return new FileTail(log, first, Duration.ofMillis(20), mark);
  }

  private void read(FileTail tail, int count) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (FileTail.Found each : tail.read()) {
                lines.add(each.line().bytes().utf8String());
                last = FileMark.parse(each.mark().text());
              }
              return lines.size() >= count;
            });
  }

  private void append(String text) throws IOException {
    Files.writeString(log, text, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Files of a test are written in the same moment, which those of a server are not. */
  private void rename(String name, int second) throws IOException {
    Path renamed = Files.move(log, directory.resolve(name));
    Files.setLastModifiedTime(renamed, FileTime.fromMillis(second * 1_000L));
  }
}
