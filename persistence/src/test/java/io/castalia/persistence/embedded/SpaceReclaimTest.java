package io.castalia.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.castalia.persistence.cassandra.CassandraLogStore;
import io.castalia.persistence.cassandra.CassandraSettings;
import io.castalia.persistence.store.Buckets;
import io.castalia.persistence.store.StoredEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpaceReclaimTest {
  private static final int ENTRY_BYTES = 1 << 20;
  private static final int ENTRIES_OF_SEGMENT = 12;
  private static final long SEGMENTS = 8;
  private static final long SEGMENT_BYTES = ENTRIES_OF_SEGMENT * ENTRY_BYTES;

  /** By the names of the tables, the numbers after which those of their segments come. */
  private static final Map<String, Long> TABLES =
      Map.of("log_entries", 0L, "bucket_entries", Buckets.firstSegment(1));

  private static final Duration SOON = Duration.ofMinutes(4);

  @Test
  void shouldGiveBackTheSpaceOfDeletedSegments(@TempDir Path directory) {
    EmbeddedCassandraSettings settings = settings(directory);
    fill(settings, 1, SEGMENTS);

    // what was only in memory is in files after a start
    try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(settings);
        CassandraLogStore store = CassandraLogStore.open(connection(cassandra))) {
      Path tables = settings.dataDirectory().resolve("data").resolve("castalia");
      long full = SEGMENTS * SEGMENT_BYTES;
      for (String table : TABLES.keySet()) {
        await().atMost(SOON).until(() -> bytesOfEntries(tables, table) >= full);
      }

      // when
      forEachTable(
          1, SEGMENTS - 1, segment -> done(store.deleteSegment("log", segment, SEGMENT_BYTES)));

      // then
      // what the last deletion frees may be too little to be worth it
      for (String table : TABLES.keySet()) {
        await().atMost(SOON).until(() -> bytesOfEntries(tables, table) < 3 * SEGMENT_BYTES);
      }
      forEachTable(
          SEGMENTS,
          SEGMENTS,
          segment ->
              assertThat(done(store.readEntries("log", segment, 0, Long.MAX_VALUE)))
                  .hasSize(ENTRIES_OF_SEGMENT));
    }
  }

  @Test
  void shouldLeaveTheFilesAloneOfWhichNothingIsDeleted(@TempDir Path directory) {
    // given a file with the older segments and one with the others: each start flushes
    EmbeddedCassandraSettings settings = settings(directory);
    long half = SEGMENTS / 2;
    fill(settings, 1, half);
    fill(settings, half + 1, SEGMENTS);
    try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(settings);
        CassandraLogStore store = CassandraLogStore.open(connection(cassandra))) {
      Path tables = settings.dataDirectory().resolve("data").resolve("castalia");
      Map<String, Set<Path>> before = new HashMap<>();
      for (String table : TABLES.keySet()) {
        awaitFiles(2, tables, table);
        before.put(table, largeFiles(tables, table));
      }

      // when
      forEachTable(1, half, segment -> done(store.deleteSegment("log", segment, SEGMENT_BYTES)));

      // then
      Path told = settings.dataDirectory().resolve("logs").resolve("output.log");
      for (String table : TABLES.keySet()) {
        await().atMost(SOON).until(() -> Files.readString(told).contains(table + ": rewrote"));
        // Cassandra removes files a little later than it gives them up.
        awaitFiles(1, tables, table);
        assertThat(largeFiles(tables, table)).as(table).isSubsetOf(before.get(table));
      }
      assertThat(told).content().contains("the oldest files").doesNotContain("all files");
    }
  }

  /** Of a Cassandra to which no free space is ample, so that it does not put off anything. */
  private static EmbeddedCassandraSettings settings(Path directory) {
    return EmbeddedCassandraSettings.from(
        ConfigFactory.parseString(
                """
                disk-reserve = 1 PiB
                java-options = ["-Dcastalia.reclaim.look-millis=200"]
                """)
            .withFallback(
                ConfigFactory.load().getConfig("castalia.persistence.embedded-cassandra")),
        directory.resolve("cassandra"));
  }

  private static void fill(EmbeddedCassandraSettings settings, long first, long last) {
    try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(settings);
        CassandraLogStore store = CassandraLogStore.open(connection(cassandra))) {
      forEachTable(first, last, segment -> fill(store, segment));
    }
  }

  private static void forEachTable(long first, long last, LongConsumer segment) {
    TABLES
        .values()
        .forEach(before -> LongStream.rangeClosed(before + first, before + last).forEach(segment));
  }

  private static CassandraSettings connection(EmbeddedCassandra cassandra) {
    return CassandraSettings.from(ConfigFactory.load().getConfig("castalia.persistence.cassandra"))
        .withContactPoints(List.of(cassandra.contactPoint()));
  }

  private static void fill(CassandraLogStore store, long segment) {
    for (int i = 0; i < ENTRIES_OF_SEGMENT; i++) {
      byte[] payload = new byte[ENTRY_BYTES];
      new Random(segment * ENTRIES_OF_SEGMENT + i).nextBytes(payload);
      done(
          store.writeEntry(
              new StoredEntry(
                  "log",
                  segment,
                  i,
                  i,
                  i,
                  0,
                  payload.length,
                  ByteBuffer.allocate(1),
                  ByteBuffer.wrap(payload))));
    }
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static long bytesOfEntries(Path tables, String table) {
    try {
      return filesOfEntries(tables, table).stream().mapToLong(SpaceReclaimTest::size).sum();
    } catch (UncheckedIOException e) {
      // Files come and go while Cassandra is at work.
      return Long.MAX_VALUE;
    }
  }

  private static void awaitFiles(int count, Path tables, String table) {
    await()
        .atMost(SOON)
        .ignoreException(UncheckedIOException.class)
        .until(() -> largeFiles(tables, table).size() == count);
  }

  private static Set<Path> largeFiles(Path tables, String table) {
    return filesOfEntries(tables, table).stream()
        .filter(file -> size(file) > SEGMENT_BYTES)
        .collect(Collectors.toSet());
  }

  private static Set<Path> filesOfEntries(Path tables, String table) {
    try (Stream<Path> files = Files.walk(tables)) {
      return files
          .filter(file -> file.toString().contains(table))
          .filter(file -> file.toString().endsWith("Data.db"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
