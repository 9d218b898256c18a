package io.castalia.persistence.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.LogEntry;
import io.castalia.persistence.ReadQuery;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class TailCacheTest {
  private static final int ENTRY_BYTES = 10_000;
  private static final int APPENDS = 20_000;
  private static final ByteString BULK = ByteString.fromArray(new byte[ENTRY_BYTES]);

  @Test
  void shouldStayWithinItsBudgetAndKeepTheNewest() {
    var cache = new TailCache(10 * ENTRY_BYTES);

    IntStream.range(0, 100).forEach(i -> cache.append("log", entry(i)));

    assertThat(cache.bytes()).isLessThanOrEqualTo(10 * ENTRY_BYTES);
    assertThat(cache.read(query("log", 99, 100))).isPresent();
    assertThat(cache.read(query("log", 80, 100))).isEmpty();
  }

  @Test
  void shouldEvictTheOldestWhicheverLogItIsIn() {
    var cache = new TailCache(3 * ENTRY_BYTES);
    cache.append("idle", entry(0));

    IntStream.range(0, 5).forEach(i -> cache.append("busy", entry(i)));

    assertThat(cache.read(query("idle", 0, 1))).isEmpty();
    assertThat(cache.read(query("busy", 4, 5))).isPresent();
  }

  @Test
  void shouldReturnItsBudgetAfterALogWasDropped() {
    var cache = new TailCache(3 * ENTRY_BYTES);
    IntStream.range(0, 3).forEach(i -> cache.append("dropped", entry(i)));
    cache.drop("dropped");

    IntStream.range(0, 50).forEach(i -> cache.append("other", entry(i)));

    assertThat(cache.read(query("dropped", 0, 3))).isEmpty();
    assertThat(cache.bytes()).isLessThanOrEqualTo(3 * ENTRY_BYTES);
    assertThat(cache.read(query("other", 49, 50))).isPresent();
  }

  @Test
  void shouldKeepNothingOldWhenManyAppendAtATime() {
    int capacity = 8;
    var cache = new TailCache((long) capacity * ENTRY_BYTES);
    List<String> logs = IntStream.range(0, 8).mapToObj(i -> "log-" + i).toList();

    CompletableFuture<?>[] writers =
        logs.stream()
            .map(
                log ->
                    CompletableFuture.runAsync(
                        () -> appendMany(cache, log), work -> new Thread(work).start()))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(writers).join();
    logs.forEach(
        log ->
            IntStream.range(APPENDS, APPENDS + capacity).forEach(i -> cache.append(log, entry(i))));

    for (String log : logs) {
      assertThat(IntStream.range(0, APPENDS).filter(i -> holds(cache, log, i))).as(log).isEmpty();
    }
  }

  private static void appendMany(TailCache cache, String log) {
    IntStream.range(0, APPENDS).forEach(i -> cache.append(log, entry(i)));
  }

  private static boolean holds(TailCache cache, String log, long position) {
    return cache.read(query(log, position, position + 1)).isPresent();
  }

  private static LogEntry entry(long position) {
    return new LogEntry(position, position, position, BULK);
  }

  private static ReadQuery query(String log, long position, long limit) {
    return new ReadQuery(log, 1, position, limit, ENTRY_BYTES);
  }
}
