package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.castalia.streams.processing.state.KeyValueStore;
import io.castalia.streams.processing.state.ReadOnlySessionStore;
import io.castalia.streams.processing.state.SessionStore;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.Stores;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import io.castalia.streams.processing.state.WindowStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

/** The kinds of stores that a processor may have. */
class ProcessorStoresTest {
  private static final long GAP_MS = 10;
  private static final Duration GAP = Duration.ofMillis(GAP_MS);
  private static final Duration RETENTION = Duration.ofMillis(60);

  private static final StoreSpec<String, Long> SESSIONS =
      Stores.sessionStore("sessions", STRINGS, Serdes.Long(), RETENTION);
  private static final StoreSpec<String, ValueAndTimestamp<String>> LATEST =
      Stores.timestampedKeyValueStore("latest", STRINGS, STRINGS);
  private static final StoreSpec<String, ValueAndTimestamp<String>> TENS =
      Stores.timestampedWindowStore("tens", STRINGS, STRINGS, RETENTION);

  /** Counts records by session. */
  private static final class Counting implements Processor<String, String, String, String> {
    private SessionStore<String, Long> sessions;

    @SuppressWarnings("NullAway.Init")
    Counting() {}

    @Override
    public void init(ProcessorContext<String, String> context) {
      sessions = context.sessionStore(SESSIONS);
    }

    @Override
    public void process(StreamRecord<String, String> record) {
      String key = String.valueOf(record.key());
      long time = record.timestamp();
      Window all = new Window(time, time);
      long count = 1;
      Map<Window, Long> near = sessions.findSessions(key, time - GAP_MS, time + GAP_MS);
      for (Map.Entry<Window, Long> each : near.entrySet()) {
        Window session = each.getKey();
        sessions.remove(new Windowed<>(key, session));
        count += each.getValue();
        all =
            new Window(Math.min(all.start(), session.start()), Math.max(all.end(), session.end()));
      }
      sessions.put(new Windowed<>(key, all), count);
    }
  }

  private static Bench counting() {
    return new Bench(
        builder -> {
          KStream<String, String> in = builder.stream("in", TEXT);
          in.process(Counting::new, SESSIONS);
          in.groupByKey()
              .windowedBy(SessionWindows.ofInactivityGapAndGrace(GAP, Duration.ofMillis(50)))
              .count(Materialized.as("counted"));
        });
  }

  @Test
  void shouldFindTheSessionsThatARecordTouches() {
    Bench bench = counting();

    bench.in("in", "a=1@0", "a=2@20", "b=1@12", "a=3@40", "a=4@30");

    ReadOnlySessionStore<String, Long> sessions = bench.kit().getSessionStore("sessions");
    assertThat(sessions.fetch("a"))
        .containsExactly(entry(new Window(0, 0), 1L), entry(new Window(20, 40), 3L));
    assertThat(sessions.findSessions("a", 1, 19)).isEmpty();
    assertThat(sessions.findSessions("a", 0, 20)).hasSize(2);
    assertThat(sessions.fetchSession("b", new Window(12, 12))).isEqualTo(1L);
    assertThat(sessions.fetchSession("b", new Window(12, 13))).isNull();
  }

  @Test
  void shouldDropSessionsThatEndedLongAgo() {
    Bench bench = counting();

    bench.in("in", "a=1@0", "a=2@5", "b=1@30", "c=1@66");

    ReadOnlySessionStore<String, Long> sessions = bench.kit().getSessionStore("sessions");
    assertThat(sessions.fetch("a")).isEmpty();
    assertThat(sessions.fetch("b")).hasSize(1);
  }

  /** Records are late by less than what both keep. */
  @Test
  void shouldKeepSessionsAsAnAggregationDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Bench bench = counting();

    for (int i = 0; i < 500; i++) {
      long time = 3L * i + random.nextInt(30);
      bench.in("in", "%s=x@%d".formatted(random.nextBoolean() ? "a" : "b", time));
    }

    for (String key : List.of("a", "b")) {
      assertThat(bench.kit().<String, Long>getSessionStore("sessions").fetch(key))
          .as("seed %d", seed)
          .isNotEmpty()
          .isEqualTo(bench.kit().<String, Long>getSessionStore("counted").fetch(key));
    }
  }

  /** Keeps the value of the latest time, by key and by ten milliseconds. */
  private static final class Latest implements Processor<String, String, String, String> {
    private ProcessorContext<String, String> context;
    private KeyValueStore<String, ValueAndTimestamp<String>> latest;
    private WindowStore<String, ValueAndTimestamp<String>> tens;

    @SuppressWarnings("NullAway.Init")
    Latest() {}

    @Override
    public void init(ProcessorContext<String, String> given) {
      context = given;
      latest = given.keyValueStore(LATEST);
      tens = given.windowStore(TENS);
    }

    @Override
    public void process(StreamRecord<String, String> record) {
      String key = String.valueOf(record.key());
      long time = record.timestamp();
      ValueAndTimestamp<String> now = new ValueAndTimestamp<>(String.valueOf(record.value()), time);
      ValueAndTimestamp<String> last = latest.get(key);
      if (last == null || last.timestamp() <= time) {
        latest.put(key, now);
        context.forward(record.withValue(last == null ? "first" : "after " + last.timestamp()));
      }
      tens.put(key, now, time / 10 * 10);
    }
  }

  @Test
  void shouldKeepTheTimesOfValues() {
    Bench bench =
        new Bench(
            builder ->
                builder.stream("in", TEXT).process(Latest::new, LATEST, TENS).to("out", AS_TEXT));

    bench.in("in", "a=x@15", "a=y@12", "a=z@21");

    assertThat(bench.out("out")).containsExactly("a=first", "a=after 15");
    assertThat(bench.kit().<String, String>getTimestampedKeyValueStore("latest").get("a"))
        .isEqualTo(new ValueAndTimestamp<>("z", 21));
    assertThat(bench.kit().<String, String>getKeyValueStore("latest").get("a")).isEqualTo("z");
    assertThat(bench.kit().<String, String>getWindowStore("tens").fetch("a", 0, 100))
        .containsExactly(entry(10L, "y"), entry(20L, "z"));
  }

  @Test
  void shouldTellTheTimesOfATable() {
    Bench bench = new Bench(builder -> builder.table("in", TEXT, Materialized.as("rows")));

    bench.in("in", "a=x@15", "a=y@12");

    assertThat(bench.kit().<String, String>getTimestampedKeyValueStore("rows").get("a"))
        .isEqualTo(new ValueAndTimestamp<>("y", 12));
  }

  @Test
  void shouldRefuseToTellTimesThatAreNotKept() {
    StoreSpec<String, String> plain = Stores.keyValueStore("plain", STRINGS, STRINGS);
    Bench bench =
        new Bench(builder -> builder.stream("in", TEXT).process(() -> record -> {}, plain));

    assertThatThrownBy(() -> bench.kit().getTimestampedKeyValueStore("plain"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a store of values with times, but \"plain\" has none");
  }
}
