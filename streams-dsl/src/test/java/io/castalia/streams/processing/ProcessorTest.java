package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.streams.processing.state.KeyValueStore;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.Stores;
import io.castalia.streams.processing.state.WindowStore;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Processors of one's own: their stores and their punctuations. */
class ProcessorTest {
  private static final StoreSpec<String, String> LAST =
      Stores.keyValueStore("last", STRINGS, STRINGS);
  private static final StoreSpec<String, String> RECENT =
      Stores.windowStore("recent", STRINGS, STRINGS, Duration.ofMillis(50));

  /** Tells the value before; by time it tells all keys. */
  private static final class Remembering implements Processor<String, String, String, String> {
    private final PunctuationType type;
    private ProcessorContext<String, String> context;
    private KeyValueStore<String, String> last;

    @SuppressWarnings("NullAway.Init")
    Remembering(PunctuationType type) {
      this.type = type;
    }

    @Override
    public void init(ProcessorContext<String, String> given) {
      context = given;
      last = given.keyValueStore(LAST);
      given.schedule(
          Duration.ofMillis(10),
          type,
          time ->
              last.all()
                  .forEach(
                      entry ->
                          given.forward(
                              new StreamRecord<>(
                                  entry.key(), "tick " + entry.value(), time, List.of()))));
    }

    @Override
    public void process(StreamRecord<String, String> record) {
      String key = String.valueOf(record.key());
      String before = last.get(key);
      last.put(key, record.value());
      if (before != null) {
        context.forward(record.withValue(before));
      }
    }
  }

  /** Keeps values by their time, and shows what it has. */
  private static final class Collecting implements Processor<String, String, String, String> {
    private final SortedMap<Long, String> seen;
    private WindowStore<String, String> recent;

    @SuppressWarnings("NullAway.Init")
    Collecting(SortedMap<Long, String> seen) {
      this.seen = seen;
    }

    @Override
    public void init(ProcessorContext<String, String> context) {
      recent = context.windowStore(RECENT);
    }

    @Override
    public void process(StreamRecord<String, String> record) {
      recent.put("a", record.value(), record.timestamp());
      seen.clear();
      seen.putAll(recent.fetch("a", 0, 1_000));
    }
  }

  private static Bench remembering(PunctuationType type) {
    return new Bench(
        builder ->
            builder.stream("in", TEXT)
                .process(() -> new Remembering(type), LAST)
                .to("out", AS_TEXT));
  }

  @Test
  void shouldUseItsStore() {
    Bench bench = remembering(PunctuationType.WALL_CLOCK_TIME);

    bench.in("in", "a=x", "a=y", "b=z", "a=w");

    assertThat(bench.out("out")).containsExactly("a=x", "a=y");
    assertThat(bench.kit().<String, String>getKeyValueStore("last").get("a")).isEqualTo("w");
  }

  @Test
  void shouldPunctuateByEventTime() {
    Bench bench = remembering(PunctuationType.STREAM_TIME);

    bench.in("in", "a=x@15", "b=y@19", "c=z@20", "c=w@27", "d=v@55");

    assertThat(bench.timed("out"))
        .containsExactly(
            "a=tick x@20",
            "b=tick y@20",
            "c=tick z@20",
            "c=z@27",
            "a=tick x@55",
            "b=tick y@55",
            "c=tick w@55",
            "d=tick v@55");
  }

  @Test
  void shouldPunctuateByTheClock() {
    Bench bench = remembering(PunctuationType.WALL_CLOCK_TIME);

    bench.in("in", "a=x@500");
    bench.kit().advanceWallClockTime(Duration.ofMillis(9));
    List<String> early = bench.timed("out");
    bench.kit().advanceWallClockTime(Duration.ofMillis(1));
    bench.kit().advanceWallClockTime(Duration.ofMillis(9));
    bench.kit().advanceWallClockTime(Duration.ofMillis(13));

    assertThat(early).isEmpty();
    assertThat(bench.timed("out")).containsExactly("a=tick x@10", "a=tick x@32");
  }

  @Test
  void shouldKeepWindowsAsLongAsTheyAreRetained() {
    SortedMap<Long, String> seen = new TreeMap<>();
    Bench bench =
        new Bench(
            builder -> builder.stream("in", TEXT).process(() -> new Collecting(seen), RECENT));

    bench.in("in", "a=x@100", "a=y@140", "a=z@160", "a=w@161");

    assertThat(seen).containsOnlyKeys(140L, 160L, 161L);
  }

  @Test
  void shouldRefuseAStoreThatItWasNotGiven() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT)
                    .process(() -> new Remembering(PunctuationType.STREAM_TIME)));

    assertThatThrownBy(() -> bench.in("in", "a=x"))
        .hasMessageContaining("expected a KEY_VALUE store of the processor's, [], but it was")
        .hasMessageContaining("\"last\"");
  }
}
