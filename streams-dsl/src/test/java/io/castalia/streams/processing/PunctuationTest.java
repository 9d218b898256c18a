package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.streams.processing.state.KeyValueStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What processors of one's own do by time. */
class PunctuationTest extends OwnProcessors {
  /** By time, passes on and forgets all that it has; and says then that this was all. */
  private static final class Sweeping implements Processor<String, String, String, String> {
    private final PunctuationType type;
    private KeyValueStore<String, String> last;

    @SuppressWarnings("NullAway.Init")
    Sweeping(PunctuationType type) {
      this.type = type;
    }

    @Override
    public void init(ProcessorContext<String, String> context) {
      last = context.keyValueStore(LAST);
      Duration ten = Duration.ofMillis(10);
      context.scheduleForEach(
          ten,
          type,
          LAST,
          (key, value, time) -> {
            if (value.equals("poison")) {
              throw new IllegalStateException("no poison");
            }
            context.forward(new StreamRecord<>(key, value, time, List.of()));
            last.delete(key);
          });
      context.schedule(
          ten, type, time -> context.forward(new StreamRecord<>("all", "swept", time, List.of())));
    }

    @Override
    public void process(StreamRecord<String, String> record) {
      last.put(String.valueOf(record.key()), record.value());
    }
  }

  private static Bench sweeping(PunctuationType type, ErrorPolicy errors) {
    return new Bench(
        builder ->
            builder.stream("in", TEXT).process(() -> new Sweeping(type), LAST).to("out", AS_TEXT),
        errors);
  }

  private static String[] manyRecords() {
    return IntStream.range(0, 1_000).mapToObj("%04d=x@5"::formatted).toArray(String[]::new);
  }

  private static List<String> swept(IntPredicate keys) {
    List<String> all = new ArrayList<>();
    IntStream.range(0, 1_000).filter(keys).forEach(key -> all.add("%04d=x".formatted(key)));
    all.add("all=swept");
    return all;
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

  /** Says so twice, each time when its interval has passed. */
  @Test
  void shouldPunctuateNoMoreWhenThatIsCancelled() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT)
                    .process(
                        () ->
                            new Processor<String, String, String, String>() {
                              private int left = 2;
                              private @Nullable Cancellable schedule;

                              @Override
                              public void init(ProcessorContext<String, String> context) {
                                schedule =
                                    context.schedule(
                                        Duration.ofMillis(10),
                                        PunctuationType.WALL_CLOCK_TIME,
                                        time -> tick(context, time));
                              }

                              private void tick(
                                  ProcessorContext<String, String> context, long time) {
                                context.forward(
                                    new StreamRecord<>("tick", "" + left, time, List.of()));
                                if (--left == 0 && schedule != null) {
                                  schedule.cancel();
                                }
                              }

                              @Override
                              public void process(StreamRecord<String, String> record) {}
                            })
                    .to("out", AS_TEXT));
    bench.in("in", "a=x");

    for (int i = 0; i < 5; i++) {
      bench.kit().advanceWallClockTime(Duration.ofMillis(10));
    }

    assertThat(bench.out("out")).containsExactly("tick=2", "tick=1");
  }

  /** More than is done at once; what is next comes when all have been visited. */
  @Test
  void shouldVisitEachEntryOfAStoreByTheClock() {
    Bench bench = sweeping(PunctuationType.WALL_CLOCK_TIME, ErrorPolicy.fail());
    bench.in("in", manyRecords());

    bench.kit().advanceWallClockTime(Duration.ofMillis(10));
    bench.kit().advanceWallClockTime(Duration.ofMillis(1));

    assertThat(bench.out("out")).isEqualTo(swept(key -> true));
    assertThat(bench.kit().getKeyValueStore("last").all()).isEmpty();
  }

  @Test
  void shouldVisitEachEntryOfAStoreByEventTime() {
    Bench bench = sweeping(PunctuationType.STREAM_TIME, ErrorPolicy.fail());
    bench.in("in", manyRecords());

    bench.in("in", "0999=x@10", "0999=x@11");

    assertThat(bench.out("out")).isEqualTo(swept(key -> true));
    assertThat(bench.kit().getKeyValueStore("last").all()).hasSize(1);
  }

  @Test
  void shouldPassOverTheOneEntryThatFails() {
    Bench bench = sweeping(PunctuationType.WALL_CLOCK_TIME, ErrorPolicy.skip());
    bench.in("in", manyRecords());
    bench.in("in", "0700=poison@5");

    bench.kit().advanceWallClockTime(Duration.ofMillis(10));

    assertThat(bench.out("out")).isEqualTo(swept(key -> key != 700));
    assertThat(bench.kit().dropped())
        .containsOnly(Map.entry("process-1: skipped after java.lang.IllegalStateException", 1L));
  }
}
