package io.castalia.streams.connect.cassandra;

import io.castalia.api.OutboundRecord;
import io.castalia.streams.connect.Blocking;
import io.castalia.streams.connect.CommonKeys;
import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.ConnectorConfig;
import io.castalia.streams.connect.SourcePlugin;
import io.castalia.streams.connect.SourceRecord;
import io.castalia.streams.connect.TaskContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * {@code cassandra-source}: the rows of a table as JSON to a topic, in the order of their tokens:
 * once, or, with a column of times, again and again those that are new or changed. The key is the
 * row's primary key.
 */
public final class CassandraSource implements SourcePlugin {
  static final ConfigKey<String> TIME =
      ConfigKey.text(
          "timestamp.column",
          "a column with the time of a row's last change; without one the table is read once");
  static final ConfigKey<Duration> DELAY =
      ConfigKey.millis(
              "timestamp.delay.ms", "how old a change is when it is read, so that none comes later")
          .withDefault(Duration.ofSeconds(5));

  private static final ConfigKey<Duration> INTERVAL =
      ConfigKey.millis("poll.interval.ms", "how often to ask when there is nothing new")
          .withDefault(Duration.ofSeconds(5));

  @Override
  public String type() {
    return "cassandra-source";
  }

  @Override
  public String description() {
    return "rows of a table of Apache Cassandra to a topic";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(
        ClusterAccess.CONTACT_POINTS,
        ClusterAccess.DATACENTER,
        ClusterAccess.USER,
        ClusterAccess.PASSWORD,
        ClusterAccess.TABLE,
        TIME,
        DELAY,
        INTERVAL,
        CommonKeys.TOPIC);
  }

  @Override
  public List<ConfigKey<?>> optional() {
    return List.of(ClusterAccess.USER, ClusterAccess.PASSWORD, TIME);
  }

  @Override
  public int tasks(ConnectorConfig config) {
    return TokenRange.COUNT;
  }

  @Override
  public boolean reads(TaskContext task, String piece) {
    return TableScan.ranges(task)
        .anyMatch(range -> TableScan.name(task.config(), range).equals(piece));
  }

  @Override
  public Source<SourceRecord, NotUsed> source(TaskContext task, Map<String, String> positions) {
    return Source.<TableScan.Page, TableScan>unfoldResourceAsync(
            () -> Blocking.run(task.system(), () -> new TableScan(task, positions)),
            scan -> Blocking.run(task.system(), scan::poll).thenCompose(page -> ready(task, page)),
            scan ->
                Blocking.run(
                    task.system(),
                    () -> {
                      scan.close();
                      return Done.getInstance();
                    }))
        .mapConcat(page -> page.rows().stream().map(row -> record(task, page, row)).toList());
  }

  private static CompletionStage<Optional<TableScan.Page>> ready(
      TaskContext task, Optional<TableScan.Page> page) {
    return page.filter(TableScan.Page::idle).isPresent()
        ? Patterns.after(
            task.config().get(INTERVAL),
            task.system().classicSystem(),
            () -> CompletableFuture.completedStage(page))
        : CompletableFuture.completedStage(page);
  }

  private static SourceRecord record(TaskContext task, TableScan.Page page, RangeScan.Found found) {
    return SourceRecord.of(
        task.config().get(CommonKeys.TOPIC),
        new OutboundRecord(
            ByteString.fromString(found.row().key()),
            ByteString.fromString(found.row().json()),
            System.currentTimeMillis(),
            List.of()),
        new SourceRecord.Position(
            TableScan.name(task.config(), page.range()), found.place().text()));
  }
}
