package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;

import io.castalia.streams.processing.state.KeyValueStore;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.Stores;
import java.time.Duration;
import java.util.List;

/** Processors of one's own, over a store. */
abstract class OwnProcessors {
  static final StoreSpec<String, String> LAST = Stores.keyValueStore("last", STRINGS, STRINGS);

  /** Tells the value before; by time it tells all keys. */
  static final class Remembering implements Processor<String, String, String, String> {
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

  static Bench remembering(PunctuationType type) {
    return new Bench(
        builder ->
            builder.stream("in", TEXT)
                .process(() -> new Remembering(type), LAST)
                .to("out", AS_TEXT));
  }
}
