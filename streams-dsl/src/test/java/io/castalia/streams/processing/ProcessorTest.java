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
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Processors of one's own, and their stores. */
class ProcessorTest extends OwnProcessors {
  private static final StoreSpec<String, String> RECENT =
      Stores.windowStore("recent", STRINGS, STRINGS, Duration.ofMillis(50));

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

  @Test
  void shouldUseItsStore() {
    Bench bench = remembering(PunctuationType.WALL_CLOCK_TIME);

    bench.in("in", "a=x", "a=y", "b=z", "a=w");

    assertThat(bench.out("out")).containsExactly("a=x", "a=y");
    assertThat(bench.kit().<String, String>getKeyValueStore("last").get("a")).isEqualTo("w");
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

  /** Nothing is sent through a topic, since the keys are where they belong. */
  @Test
  void shouldNotRepartitionBehindAProcessorThatKeepsKeys() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT)
                    .processValues(() -> new Remembering(PunctuationType.STREAM_TIME), LAST)
                    .groupByKey(Grouped.with(STRINGS, STRINGS))
                    .reduce((all, next) -> all + next)
                    .toStream()
                    .to("out", AS_TEXT));

    bench.in("in", "a=x@1", "a=y@1", "a=z@1", "b=z@11");

    assertThat(bench.out("out")).containsExactly("a=x", "a=xy", "a=xytick z", "b=tick z");
  }

  /** Tells what it was the first to see. */
  private static final class Renaming implements Processor<String, String, String, String> {
    private ProcessorContext<String, String> context;
    private KeyValueStore<String, String> first;

    @SuppressWarnings("NullAway.Init")
    Renaming() {}

    @Override
    public void init(ProcessorContext<String, String> given) {
      context = given;
      first = given.keyValueStore(LAST);
    }

    @Override
    public void process(StreamRecord<String, String> record) {
      if (first.putIfAbsent("first", record.key()) == null) {
        context.forward(record);
      } else {
        context.forward(record.withKey("other"));
      }
    }
  }

  @Test
  void shouldRefuseAnotherKeyWhereKeysAreKept() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT).processValues(Renaming::new, LAST).to("out", AS_TEXT));

    bench.in("in", "a=x");

    assertThat(bench.out("out")).containsExactly("a=x");
    assertThatThrownBy(() -> bench.in("in", "a=y"))
        .hasRootCauseMessage(
            "expected processValues to forward the key of its record, \"a\", but it was \"other\":"
                + " use process, which may change keys");
  }

  @Test
  void shouldRefuseTheSameProcessorForAllTasks() {
    KStream<String, String> stream = new StreamsBuilder().stream("in", TEXT);
    Remembering one = new Remembering(PunctuationType.STREAM_TIME);

    assertThatThrownBy(() -> stream.process(() -> one, LAST))
        .isInstanceOf(TopologyException.class)
        .hasMessageContaining("a processor for each task, but it gives the same one")
        .hasMessageContaining("Remembering");
  }

  @Test
  void shouldTakeALambdaForAProcessor() {
    List<String> seen = new ArrayList<>();
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT).process(() -> record -> seen.add(record.value())));

    bench.in("in", "a=x");

    assertThat(seen).containsExactly("x");
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
