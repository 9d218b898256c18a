package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.connect.TaskStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.Address;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors go on, where they were, when the node that runs them dies. */
class MovedConnectorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(2);
  private static final int LINES_BEFORE = 200;
  private static final int MOST_SINKS = 20;
  private static final int FILES = 5;
  private static final Duration LINE_PAUSE = Duration.ofMillis(10);

  private static final Map<String, Object> SETTINGS =
      Map.of(
          "castalia.connectors.watch-interval", "100ms",
          // The sink's partition must not wait for the session of the member that died.
          "castalia.groups.consumer.session-timeout", "10m",
          "castalia.groups.consumer.heartbeat-interval", "200ms",
          "castalia.connectors.min-backoff", "100ms",
          // A node that nobody takes over from waits for that when it stops.
          "pekko.coordinated-shutdown.phases.cluster-sharding-shutdown-region.timeout", "1s");

  @TempDir private Path directory = Path.of("");
  private final List<TestNode> nodes = new ArrayList<>();
  private final List<String> written = new ArrayList<>();
  private final AtomicBoolean enough = new AtomicBoolean();

  @BeforeEach
  void start() {
    TestCluster cluster = TestCluster.in(directory);
    nodes.add(cluster.start(1, SETTINGS));
    nodes.add(cluster.start(2, SETTINGS));
    await()
        .atMost(PATIENCE)
        .until(() -> nodes.stream().allMatch(node -> node.members() == nodes.size()));
  }

  @AfterEach
  void stop() {
    enough.set(true);
    nodes.forEach(TestNode::close);
  }

  @Test
  void shouldLoseAndRepeatNoLineOfARotatedFileOnItsWayToOthersAndToADatabase() throws Exception {
    ConnectorRun connectors = new ConnectorRun(nodes.get(0).system());
    connectors.createTopics("lines");
    Path log = directory.resolve("app.log");
    connectors.create(
        "lines",
        Map.of(
            "connector.class", "file-source",
            "files", log.toString(),
            "topic", "lines",
            "poll.interval.ms", "10",
            "multiline.timeout.ms", "50",
            "batch.linger.ms", "5"));
    write(nodes.get(0), log, LINES_BEFORE);
    await().atMost(PATIENCE).until(() -> connectors.values("lines").size() > LINES_BEFORE / 2);
    String worker = task(connectors, "lines").worker();
    String sink = sinkAt(worker, connectors, "archive", this::archive);
    String table = sinkAt(worker, connectors, "rows", this::rows);
    await().atMost(PATIENCE).until(() -> archived(sink).size() > LINES_BEFORE / 4);
    await().atMost(PATIENCE).until(() -> stored(table).size() > LINES_BEFORE / 4);

    TestNode dead = nodes.remove(nodeOf(worker));
    TestNode alive = nodes.get(0);
    Thread writer = new Thread(() -> writeAndRotate(alive, log));
    writer.start();
    kill(dead, alive);
    writer.join();

    ConnectorRun rest = new ConnectorRun(alive.system());
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> rest.values("lines").size() >= written.size());
    assertThat(rest.values("lines")).isEqualTo(written);
    await().atMost(PATIENCE).until(() -> archived(sink).size() >= written.size());
    assertThat(archived(sink)).isEqualTo(written);
    await().atMost(PATIENCE).until(() -> stored(table).size() >= written.size());
    assertThat(stored(table)).isEqualTo(written);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                Stream.of("lines", sink, table)
                    .allMatch(
                        each -> task(rest, each).worker().equals(alive.address().hostPort())));
  }

  @Test
  void shouldLoseAndRepeatNoLineWhileTasksBecomeMoreAndFewerAndANodeDies() throws Exception {
    ConnectorRun connectors = new ConnectorRun(nodes.get(0).system());
    connectors.createTopics("many");
    List<Path> files =
        IntStream.range(0, FILES).mapToObj(i -> directory.resolve("many-" + i + ".log")).toList();
    connectors.create("many", many(files, 1));
    CompletableFuture<Integer> writing =
        CompletableFuture.supplyAsync(() -> writeUntilThereIsEnough(files));
    awaitMore(connectors);
    List<Path> reversed = new ArrayList<>(files);
    Collections.reverse(reversed);
    connectors.configure("many", many(reversed, 3));
    awaitMore(connectors);
    String worker = connectors.describe("many").tasks().get(1).worker();
    connectors.configure("many", many(files, 2));
    TestNode dead = nodes.remove(worker.isEmpty() ? 0 : nodeOf(worker));
    kill(dead, nodes.get(0));
    enough.set(true);
    int lines = writing.join();

    ConnectorRun rest = new ConnectorRun(nodes.get(0).system());
    int all = FILES * lines;
    await().atMost(PATIENCE).ignoreExceptions().until(() -> rest.values("many").size() >= all);
    rest.configure("many", many(reversed, 1));
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> rest.describe("many").tasks().get(0).state() == TaskStatus.TaskState.RUNNING);
    ConnectorFiles.append(files.get(0), "last\n");
    await().atMost(PATIENCE).ignoreExceptions().until(() -> rest.values("many").contains("last"));
    List<String> read = rest.values("many");
    assertThat(read).hasSize(all + 1);
    for (int file = 0; file < FILES; file++) {
      String name = "file " + file + ", ";
      assertThat(read.stream().filter(line -> line.startsWith(name)))
          .isEqualTo(IntStream.range(0, lines).mapToObj(i -> name + i).toList());
    }
  }

  private static Map<String, String> many(List<Path> files, int tasks) {
    return Map.of(
        "connector.class", "file-source",
        "files", files.stream().map(Path::toString).collect(Collectors.joining(",")),
        "topic", "many",
        "poll.interval.ms", "10",
        "batch.linger.ms", "5",
        "tasks.max", Integer.toString(tasks));
  }

  private static void awaitMore(ConnectorRun connectors) {
    int before = connectors.values("many").size();
    await().atMost(PATIENCE).until(() -> connectors.values("many").size() > before + LINES_BEFORE);
  }

  /** A line to each file again and again, for as long as it takes; how many each has then. */
  private int writeUntilThereIsEnough(List<Path> files) {
    int lines = 0;
    try {
      while (!enough.get()) {
        for (int file = 0; file < files.size(); file++) {
          ConnectorFiles.append(files.get(file), "file " + file + ", " + lines + "\n");
        }
        lines++;
        Thread.sleep(LINE_PAUSE.toMillis());
      }
      return lines;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A sink whose task runs on this node, the first of some that come to do so. */
  private String sinkAt(
      String worker,
      ConnectorRun connectors,
      String kind,
      Function<String, Map<String, String>> configuration) {
    for (int i = 0; i < MOST_SINKS; i++) {
      String name = kind + i;
      connectors.create(name, configuration.apply(name));
      await().atMost(PATIENCE).until(() -> !task(connectors, name).worker().isEmpty());
      if (task(connectors, name).worker().equals(worker)) {
        return name;
      }
      connectors.delete(name);
    }
    throw new IllegalStateException("expected a task of a sink on " + worker);
  }

  private Map<String, String> archive(String name) {
    return Map.of(
        "connector.class", "file-sink",
        "topics", "lines",
        "directory", directory.resolve(name).toString(),
        "roll.size.bytes", "1024",
        "batch.size", "7");
  }

  /** Small batches: when the node dies, some are in the database and not yet committed. */
  private Map<String, String> rows(String name) {
    try (Connection database = database(name);
        Statement statement = database.createStatement()) {
      statement.execute("create table lines (id int primary key, line varchar(100))");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return Map.of(
        "connector.class", "jdbc-sink",
        "topics", "lines",
        "connection.url", url(name),
        "table", "lines",
        "pk.columns", "id",
        "batch.size", "7");
  }

  /** A database in memory, which outlives the nodes. */
  private static String url(String name) {
    return "jdbc:h2:mem:moved-" + name + ";DB_CLOSE_DELAY=-1;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
  }

  private static Connection database(String name) throws SQLException {
    return DriverManager.getConnection(url(name));
  }

  /** What a sink has put into its table, as the lines that it was made of. */
  private static List<String> stored(String name) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection database = database(name);
        Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("select id, line from lines order by id")) {
      while (rows.next()) {
        lines.add(line(rows.getInt(1), rows.getString(2)));
      }
    }
    return lines;
  }

  /** What a sink has written, file after file. */
  private List<String> archived(String sink) throws IOException {
    return ConnectorFiles.writtenLines(directory.resolve(sink));
  }

  private static TaskStatus task(ConnectorRun connectors, String name) {
    return connectors.describe(name).tasks().get(0);
  }

  private int nodeOf(String worker) {
    Optional<TestNode> found =
        nodes.stream().filter(node -> node.address().hostPort().equals(worker)).findFirst();
    return nodes.indexOf(found.orElseThrow());
  }

  private void writeAndRotate(TestNode alive, Path log) {
    try {
      write(alive, log, LINES_BEFORE);
      Files.move(log, log.resolveSibling("app.log.1"));
      write(alive, log, LINES_BEFORE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Line by line, so that the connector is at work when its node dies; a living node ticks. */
  private void write(TestNode alive, Path log, int lines) {
    Source.range(1, lines)
        .throttle(1, PAUSE)
        .runForeach(tick -> append(log), alive.system())
        .toCompletableFuture()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private void append(Path log) throws IOException {
    String line = line(written.size(), "line " + written.size());
    written.add(line);
    ConnectorFiles.append(log, line + "\n");
  }

  /** A row for the sink to a database. */
  private static String line(int id, String text) {
    return "{\"id\":" + id + ",\"line\":\"" + text + "\"}";
  }

  private static void kill(TestNode dead, TestNode alive) {
    Address address = dead.address();
    dead.crash();
    alive.declareDown(address);
  }
}
