package io.castalia.node;

import io.castalia.api.OutboundRecord;
import io.castalia.streams.connect.CommonKeys;
import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.SourcePlugin;
import io.castalia.streams.connect.SourceRecord;
import io.castalia.streams.connect.TaskContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** What {@code docs/recipes/add-a-connector.md} shows. */
public final class TickerSource implements SourcePlugin {
  private static final ConfigKey<Duration> INTERVAL =
      ConfigKey.millis("ticker.interval.ms", "time between two ticks")
          .withDefault(Duration.ofSeconds(1));

  @Override
  public String type() {
    return "ticker";
  }

  @Override
  public String description() {
    return "numbers, one after the other";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(CommonKeys.TOPIC, INTERVAL);
  }

  @Override
  public Source<SourceRecord, NotUsed> source(TaskContext task, Map<String, String> positions) {
    long next = Long.parseLong(positions.getOrDefault("ticks", "0"));
    return Source.fromJavaStream(() -> Stream.iterate(next, tick -> tick + 1))
        .throttle(1, task.config().get(INTERVAL))
        .map(tick -> record(task.config().get(CommonKeys.TOPIC), tick));
  }

  private static SourceRecord record(String topic, long tick) {
    ByteString value = ByteString.fromString("tick " + tick);
    return SourceRecord.of(
        topic,
        new OutboundRecord(null, value, System.currentTimeMillis(), List.of()),
        new SourceRecord.Position("ticks", Long.toString(tick + 1)));
  }
}
