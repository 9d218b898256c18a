package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.RecordCodec;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import io.castalia.api.internal.WireSerializer;
import io.castalia.api.internal.WireTable;
import io.castalia.streams.processing.runtime.ApplicationEvent.Described;
import io.castalia.streams.processing.runtime.ApplicationEvent.Reset;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** Events and snapshots of applications as bytes. */
final class ApplicationEventSerializer extends WireSerializer {
  static final int IDENTIFIER = 744_003;

  private static final WireTable TABLE =
      new WireTable("application events")
          .row(
              Described.class,
              "described-1",
              (out, described) -> {
                names(out, described.inputs());
                names(out, described.own());
              },
              in -> new Described(names(in), names(in)))
          .row(
              Reset.class,
              "reset-1",
              (out, reset) -> places(out, reset.places()),
              in -> new Reset(places(in)))
          .row(
              ApplicationRecord.class,
              "record-1",
              (out, record) -> {
                out.int64(record.generation());
                names(out, record.inputs());
                names(out, record.own());
                places(out, record.places());
              },
              in -> new ApplicationRecord(in.int64(), names(in), names(in), places(in)));

  ApplicationEventSerializer() {
    super(IDENTIFIER, TABLE);
  }

  private static void names(WireOutput out, Set<String> names) {
    out.list(new TreeSet<>(names), out::string);
  }

  private static Set<String> names(WireInput in) {
    return Set.copyOf(in.list(in::string));
  }

  private static void places(WireOutput out, Map<TopicPartition, Long> places) {
    TaskStateCodec.map(out, places, each -> RecordCodec.partition(out, each), out::int64);
  }

  private static Map<TopicPartition, Long> places(WireInput in) {
    return TaskStateCodec.map(in, () -> RecordCodec.partition(in), in::int64);
  }
}
