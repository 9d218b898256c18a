package io.castalia.persistence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowsInFileTest {
  private static final int CAPACITY = 100;

  @TempDir private static Path directory;

  private final RecentRows rows = RowsInFile.in(directory, CAPACITY);

  @AfterEach
  void close() {
    rows.close();
  }

  @Test
  void shouldGiveBackTheNewestRows() {
    for (int i = 1; i <= 10; i++) {
      rows.keep(row(i), bulk(i));
    }

    await().until(() -> read(row(10)).isPresent());
    assertThat(read(row(9), row(10))).contains(List.of(bulk(9), bulk(10)));
    assertThat(read(row(1))).isEmpty();
  }

  @Test
  void shouldGiveBackNothingIfARowIsNotThere() {
    rows.keep(row(1), bulk(1));
    await().until(() -> read(row(1)).isPresent());

    assertThat(read(row(1), row(2))).isEmpty();
    assertThat(read(new RowId("other", 1, 1))).isEmpty();
  }

  @Test
  void shouldDoWithoutRowsThatAreTooLarge() {
    rows.keep(row(1), ByteString.fromString("x".repeat(CAPACITY + 1)));
    rows.keep(row(2), bulk(2));

    await().until(() -> read(row(2)).isPresent());
    assertThat(read(row(1))).isEmpty();
  }

  @Test
  void shouldKeepNothingOnceItIsClosed() {
    rows.keep(row(1), bulk(1));
    await().until(() -> read(row(1)).isPresent());

    rows.close();
    rows.keep(row(2), bulk(2));

    assertThat(read(row(1))).isEmpty();
    assertThat(read(row(2))).isEmpty();
  }

  @Test
  void shouldGiveTheFileUpWhenSpaceIsShort() throws IOException {
    AtomicLong free = new AtomicLong(CAPACITY);
    try (RecentRows giving = new RowsInFile(RingFile.in(directory, CAPACITY), free::get)) {
      giving.keep(row(1), bulk(1));
      await().until(() -> giving.read(List.of(row(1))).toCompletableFuture().join().isPresent());

      free.set(CAPACITY - 1);
      giving.keep(row(2), bulk(2));

      await().until(() -> giving.read(List.of(row(1))).toCompletableFuture().join().isEmpty());
    }
  }

  @Test
  void shouldDoWithoutAFileWhereThereCanBeNone() throws IOException {
    Path file = Files.createFile(directory.resolve("not-a-directory"));

    assertThat(RowsInFile.in(file, CAPACITY)).isSameAs(RecentRows.NONE);
  }

  private Optional<List<ByteString>> read(RowId... ids) {
    return rows.read(List.of(ids)).toCompletableFuture().join();
  }

  private static RowId row(long sequence) {
    return new RowId("log", 1, sequence);
  }

  private static ByteString bulk(int number) {
    return ByteString.fromString(String.valueOf((char) ('a' + number)).repeat(30));
  }
}
