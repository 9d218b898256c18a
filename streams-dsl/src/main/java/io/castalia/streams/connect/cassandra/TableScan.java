package io.castalia.streams.connect.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.castalia.streams.connect.CommonKeys;
import io.castalia.streams.connect.ConnectorConfig;
import io.castalia.streams.connect.TaskContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads a task's share of a table, range by range, for one thread at a time. */
final class TableScan implements AutoCloseable {
  private static final String PARTITIONER = "Murmur3Partitioner";

  private final CqlSession session;
  private final int limit;
  private final Deque<RangeScan> ranges = new ArrayDeque<>();
  private int quiet;
  private boolean closed;

  /**
   * A scan. Blocks until it is connected.
   *
   * @param positions what was read before, by {@link #name}
   */
  TableScan(TaskContext task, Map<String, String> positions) {
    this.session = ClusterAccess.connect(task.config());
    this.limit = task.config().get(CommonKeys.BATCH);
    try {
      open(task, positions);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private void open(TaskContext task, Map<String, String> positions) {
    TableMetadata table = table(task.config());
    Optional<ColumnMetadata> time =
        task.config().find(CassandraSource.TIME).map(each -> column(table, each));
    TableQuery query = new TableQuery(session, table, time, limit);
    Duration delay = task.config().get(CassandraSource.DELAY);
    ranges(task)
        .map(
            range ->
                new RangeScan(
                    range,
                    query,
                    time.isPresent() ? before -> following(before, delay) : TableScan::once,
                    Optional.ofNullable(positions.get(name(task.config(), range)))
                        .map(ScanPlace::parse)))
        .forEach(ranges::add);
  }

  private static Optional<ScanWindow> following(Optional<ScanWindow> before, Duration delay) {
    long upTo = System.currentTimeMillis() - delay.toMillis();
    return Optional.of(before.map(each -> each.next(upTo)).orElseGet(() -> ScanWindow.first(upTo)));
  }

  private static Optional<ScanWindow> once(Optional<ScanWindow> before) {
    return before.isPresent() ? Optional.empty() : Optional.of(ScanWindow.ALL);
  }

  private TableMetadata table(ConnectorConfig config) {
    String partitioner =
        session.getMetadata().getTokenMap().map(TokenMap::getPartitionerName).orElse("unknown");
    if (!partitioner.endsWith(PARTITIONER)) {
      throw new IllegalStateException(
          "expected a cluster with %s, but its partitioner is %s"
              .formatted(PARTITIONER, partitioner));
    }
    String name = config.get(ClusterAccess.TABLE);
    int dot = name.indexOf('.');
    return session
        .getMetadata()
        .getKeyspace(name.substring(0, dot))
        .flatMap(keyspace -> keyspace.getTable(name.substring(dot + 1)))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "expected a table \"%s\", but there is none".formatted(name)));
  }

  private static ColumnMetadata column(TableMetadata table, String name) {
    ColumnMetadata column = table.getColumns().get(CqlIdentifier.fromInternal(name));
    if (column == null || !column.getType().equals(DataTypes.TIMESTAMP)) {
      throw new IllegalStateException(
          "\"%s\": expected a column of type timestamp in \"%s\", but \"%s\" is %s"
              .formatted(
                  CassandraSource.TIME.name(),
                  table.getName().asInternal(),
                  name,
                  column == null ? "none of its columns" : "of type " + column.getType()));
    }
    return column;
  }

  /** Those that a task reads. */
  static Stream<TokenRange> ranges(TaskContext task) {
    return IntStream.range(0, TokenRange.COUNT).filter(task::takes).mapToObj(TokenRange::new);
  }

  /** What positions call a range; with the column, since places by another mean nothing. */
  static String name(ConnectorConfig config, TokenRange range) {
    return "%s/%s/%s"
        .formatted(
            config.get(ClusterAccess.TABLE),
            config.find(CassandraSource.TIME).orElse(""),
            range.number());
  }

  /**
   * Rows read from one range.
   *
   * @param idle whether each range was looked at since there was a row
   */
  record Page(TokenRange range, List<RangeScan.Found> rows, boolean idle) {}

  /** The next rows, or none for now; nothing when all is read. Blocks. */
  synchronized Optional<Page> poll() {
    if (closed) {
      return Optional.empty();
    }
    RangeScan scan = ranges.poll();
    while (scan != null && !scan.next()) {
      scan = ranges.poll();
    }
    return Optional.ofNullable(scan).map(this::page);
  }

  private Page page(RangeScan scan) {
    List<RangeScan.Found> rows = scan.take(limit);
    if (scan.hasMore()) {
      ranges.addFirst(scan);
    } else {
      ranges.addLast(scan);
    }
    quiet = rows.isEmpty() ? quiet + 1 : 0;
    boolean idle = quiet >= ranges.size();
    quiet = idle ? 0 : quiet;
    return new Page(scan.range(), rows, idle);
  }

  @Override
  public synchronized void close() {
    closed = true;
    session.close();
  }
}
