package io.castalia.streams.connect.jdbc;

import io.castalia.api.OutboundRecord;
import io.castalia.streams.connect.Blocking;
import io.castalia.streams.connect.CommonKeys;
import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.SourcePlugin;
import io.castalia.streams.connect.SourceRecord;
import io.castalia.streams.connect.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * {@code jdbc-source}: rows of a table or a query that are new, or changed, as JSON to a topic. The
 * key is the row's number.
 */
public final class JdbcSource implements SourcePlugin {
  private static final ConfigKey<String> TABLE =
      ConfigKey.text("table", "a table, or a query in parentheses");
  private static final ConfigKey<String> NUMBER =
      ConfigKey.text("incrementing.column", "a column with a number that grows with each new row");
  private static final ConfigKey<String> TIME =
      ConfigKey.text(
          "timestamp.column",
          "a column with the time of the last change, to have changed rows too");
  private static final ConfigKey<Duration> INTERVAL =
      ConfigKey.millis("poll.interval.ms", "how often to ask when there is nothing new")
          .withDefault(Duration.ofSeconds(5));

  @Override
  public String type() {
    return "jdbc-source";
  }

  @Override
  public String description() {
    return "new and changed rows of a database to a topic";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(
        Database.URL,
        Database.USER,
        Database.PASSWORD,
        TABLE,
        NUMBER,
        TIME,
        INTERVAL,
        CommonKeys.TOPIC);
  }

  @Override
  public List<ConfigKey<?>> optional() {
    return List.of(Database.USER, Database.PASSWORD, TIME);
  }

  @Override
  public boolean reads(TaskContext task, String piece) {
    return piece.equals(task.config().get(TABLE));
  }

  @Override
  public Source<SourceRecord, NotUsed> source(TaskContext task, Map<String, String> positions) {
    String table = task.config().get(TABLE);
    Optional<RowPlace> start = Optional.ofNullable(positions.get(table)).map(RowPlace::parse);
    return Source.unfoldAsync(start, place -> next(task, place))
        .mapConcat(rows -> rows)
        .map(row -> record(task, row));
  }

  private static CompletionStage<Optional<Pair<Optional<RowPlace>, List<RowQuery.Row>>>> next(
      TaskContext task, Optional<RowPlace> place) {
    return Blocking.run(task.system(), () -> read(task, place))
        .thenCompose(rows -> rows.isEmpty() ? afterPause(task, rows) : now(rows))
        .thenApply(rows -> Optional.of(Pair.create(behind(rows).or(() -> place), rows)));
  }

  private static <T> CompletionStage<T> afterPause(TaskContext task, T value) {
    return Patterns.after(
        task.config().get(INTERVAL), task.system().classicSystem(), () -> now(value));
  }

  private static <T> CompletionStage<T> now(T value) {
    return CompletableFuture.completedStage(value);
  }

  private static Optional<RowPlace> behind(List<RowQuery.Row> rows) {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(rows.size() - 1).place());
  }

  /** A connection for each question, so that none goes stale in between. */
  private static List<RowQuery.Row> read(TaskContext task, Optional<RowPlace> place)
      throws SQLException {
    RowQuery query =
        new RowQuery(
            task.config().get(TABLE),
            task.config().get(NUMBER),
            task.config().find(TIME),
            task.config().get(CommonKeys.BATCH));
    try (Connection connection = Database.connect(task.config())) {
      return query.after(connection, place);
    }
  }

  private static SourceRecord record(TaskContext task, RowQuery.Row row) {
    return SourceRecord.of(
        task.config().get(CommonKeys.TOPIC),
        new OutboundRecord(
            ByteString.fromString(row.key()),
            ByteString.fromString(row.json()),
            System.currentTimeMillis(),
            List.of()),
        new SourceRecord.Position(task.config().get(TABLE), row.place().text()));
  }
}
