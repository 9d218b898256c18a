package io.castalia.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.api.CastaliaClient;
import io.castalia.api.InboundRecord;
import io.castalia.api.OutboundRecord;
import io.castalia.node.ConnectorRun;
import io.castalia.node.TestNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors in a node, by the command line, which speaks to its HTTP endpoint. */
class ConnectorCommandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Path EXAMPLE = Path.of("../examples/log-aggregation");

  @TempDir private static Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @SuppressWarnings("NullAway.Init")
  private static CastaliaClient client;

  private static int port;

  @BeforeAll
  static void start() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    node =
        TestNode.startInMemory(
            directory.resolve("node"),
            Map.of(
                "castalia.admin.port",
                port,
                "castalia.connectors.watch-interval",
                "100ms",
                "castalia.connectors.min-backoff",
                "100ms",
                // A node that nobody takes over from waits for that when it stops.
                "pekko.coordinated-shutdown.phases.cluster-sharding-shutdown-region.timeout",
                "1s"));
    client = CastaliaClient.create(node.system(), Duration.ofSeconds(20));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void shouldFollowAFileWhileItIsRotatedPausedAndRestarted() throws Exception {
    createTopic("lines");
    Path log = directory.resolve("app.log");
    append(log, "one\ntwo\nunfini");
    assertThat(follow("follow", log, "lines").out())
        .isEqualTo("Created connector \"follow\" with 1 task(s).\n");
    awaitLines("lines", "one", "two");

    append(log, "shed\n");
    awaitLines("lines", "one", "two", "unfinished");
    Files.move(log, directory.resolve("app.log.1"));
    append(log, "three\n");
    awaitLines("lines", "one", "two", "unfinished", "three");

    assertDone(run("pause", "follow"));
    assertThat(run("list").out()).contains("follow\tfile-source\tPAUSED\t0/1\n");
    append(log, "four\n");
    Files.move(log, directory.resolve("app.log.2"));
    append(log, "five\n");
    assertDone(run("resume", "follow"));
    awaitLines("lines", "one", "two", "unfinished", "three", "four", "five");

    assertDone(run("restart", "follow"));
    append(log, "six\n");
    awaitLines("lines", "one", "two", "unfinished", "three", "four", "five", "six");
    awaitStatus("follow", "Task 0: RUNNING on ");

    assertDone(run("delete", "follow"));
    assertThat(run("status", "follow"))
        .returns(1, CommandLineRun::exitCode)
        .extracting(CommandLineRun::err)
        .asString()
        .contains("Expected the name of a connector")
        .contains("\"follow\"");
  }

  @Test
  void shouldKeepLinesTogetherThatBelongTogether() throws Exception {
    createTopic("traces");
    Path log = directory.resolve("traces.log");
    append(log, "12:00 failed\n  at a\n  at b\n12:01 fine\n");
    assertDone(
        run(
            "create",
            "traces",
            "connector.class=file-source",
            "files=" + log,
            "topic=traces",
            "multiline.first=^\\d\\d:\\d\\d ",
            "multiline.timeout.ms=200",
            "poll.interval.ms=20"));

    awaitLines("traces", "12:00 failed\n  at a\n  at b", "12:01 fine");
    assertDone(run("delete", "traces"));
  }

  @Test
  void shouldCutALineThatDoesNotFitIntoARecord() throws Exception {
    createTopic("long");
    Path log = directory.resolve("long.log");
    append(log, "x".repeat(600 * 1024) + "\nshort\n");
    assertDone(follow("long", log, "long"));

    ConnectorRun topics = new ConnectorRun(node.system());
    await().atMost(PATIENCE).until(() -> topics.read("long").size() == 3);
    assertThat(topics.read("long"))
        .extracting(record -> ConnectorRun.text(record.value()).length())
        .containsExactly(512 * 1024, 88 * 1024, 5);
    assertDone(run("delete", "long"));
  }

  /** As the example of log aggregation does. */
  @Test
  void shouldCollectTheLogsOfThreeServers() throws Exception {
    createTopic("server-logs");
    List<String> logs = List.of(serverLog(0), serverLog(1), serverLog(2));
    List<Path> files =
        IntStream.range(0, logs.size())
            .mapToObj(i -> directory.resolve("server-" + i + ".log"))
            .toList();
    assertDone(
        run(
            "create",
            "collect",
            "--file",
            EXAMPLE.resolve("collect.properties").toString(),
            "poll.interval.ms=20",
            "files=" + files.stream().map(Path::toString).collect(Collectors.joining(","))));
    ConnectorRun topics = new ConnectorRun(node.system());
    for (int i = 0; i < logs.size(); i++) {
      String key = files.get(i).toString();
      int middle = logs.get(i).indexOf("\n[", logs.get(i).length() / 2) + 1;
      append(files.get(i), logs.get(i).substring(0, middle));
      await()
          .atMost(PATIENCE)
          .until(() -> topics.read("server-logs").stream().anyMatch(each -> hasKey(each, key)));
      Files.move(files.get(i), directory.resolve("server-" + i + ".log.1"));
      append(files.get(i), logs.get(i).substring(middle));
    }

    List<List<String>> records =
        logs.stream().map(log -> List.of(log.stripTrailing().split("\n(?=\\[\\d{4}-)"))).toList();
    int all = records.stream().mapToInt(List::size).sum();
    await().atMost(PATIENCE).until(() -> topics.read("server-logs").size() >= all);
    for (int i = 0; i < files.size(); i++) {
      String key = files.get(i).toString();
      assertThat(topics.read("server-logs"))
          .filteredOn(record -> hasKey(record, key))
          .extracting(record -> ConnectorRun.text(record.value()))
          .isEqualTo(records.get(i));
    }
    assertDone(run("delete", "collect"));
  }

  private static boolean hasKey(InboundRecord record, String key) {
    return ConnectorRun.text(record.key()).equals(key);
  }

  private static String serverLog(int server) throws IOException {
    Path file = EXAMPLE.resolve("logs").resolve("server-" + server + ".log.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void shouldWriteEachRecordOnceIntoRollingFiles() throws Exception {
    createTopic("events");
    publish("events", 0, 100);
    Path target = directory.resolve("archive");
    assertDone(
        run(
            "create",
            "archive",
            "connector.class=file-sink",
            "topics=events",
            "directory=" + target,
            "roll.size.bytes=100"));
    awaitFiles(target, 100);

    assertDone(run("restart", "archive"));
    publish("events", 100, 150);
    awaitFiles(target, 150);

    assertThat(target.resolve("events-0-%020d.log".formatted(0))).exists();
    try (Stream<Path> files = Files.list(target)) {
      assertThat(files.filter(each -> each.toString().endsWith(".log"))).hasSizeGreaterThan(5);
    }
    assertDone(run("delete", "archive"));
  }

  @Test
  void shouldBeginAgainWhenWhatItNeedsIsThere() throws Exception {
    createTopic("waiting");
    publish("waiting", 0, 3);
    Path blocked = directory.resolve("blocked");
    append(blocked, "a file where a directory is to be");
    assertDone(
        run(
            "create",
            "waiting",
            "connector.class=file-sink",
            "topics=waiting",
            "directory=" + blocked));
    awaitStatus("waiting", "Task 0: RESTARTING on ");
    awaitStatus("waiting", "FileAlreadyExistsException: " + blocked);

    Files.delete(blocked);

    awaitFiles(blocked, 3);
    assertDone(run("delete", "waiting"));
  }

  @Test
  void shouldSayWhatIsWrongWithAConfiguration() {
    assertWrong(
        "\"connector.class\": expected one of [",
        "but it was \"no-such\"",
        "connector.class=no-such");
    assertWrong(
        "\"files\": expected names between commas, but it was not given",
        "\"topic\": expected a text, but it was not given",
        "connector.class=file-source");
    assertWrong(
        "\"tasks.max\": expected a whole number of at least 1, but it was \"many\"",
        "\"fils\": expected one of [",
        "connector.class=file-source",
        "files=a",
        "fils=b",
        "topic=t",
        "tasks.max=many");
    assertWrong(
        "\"multiline.first\": expected a regular expression",
        "but it was \"[\"",
        "connector.class=file-source",
        "files=a",
        "topic=t",
        "multiline.first=[");
    assertWrong(
        "\"errors.deadletterqueue.topic.name\": expected the name of a topic",
        "since \"errors.tolerance\" is \"all\"",
        "connector.class=file-sink",
        "topics=t",
        "directory=d",
        "errors.tolerance=all");
    assertThat(run("list").out()).doesNotContain("wrong");
  }

  @Test
  void shouldTellNobodyAPassword() throws Exception {
    createTopic("guarded");
    assertDone(
        run(
            "create",
            "guarded",
            "connector.class=jdbc-sink",
            "topics=guarded",
            "connection.url=jdbc:h2:mem:guarded",
            "connection.user=sa",
            "connection.password=swordfish",
            "table=t",
            "pk.columns=id"));

    assertThat(run("status", "guarded").out())
        .contains("connection.password=[hidden]")
        .doesNotContain("swordfish");
    assertThat(List.of("", "/guarded", "/guarded/config", "/guarded/status", "?expand=info"))
        .allSatisfy(path -> assertThat(get("/connectors" + path)).doesNotContain("swordfish"));
    assertThat(get("/connectors/guarded/config")).contains("\"connection.password\":\"[hidden]\"");
    assertDone(run("delete", "guarded"));
  }

  private static String get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void shouldSayWhenNobodyAnswers() {
    assertThat(CommandLineRun.of("connector", "list", "--admin", "127.0.0.1:1"))
        .returns(1, CommandLineRun::exitCode)
        .extracting(CommandLineRun::err)
        .asString()
        .contains("nothing answers at 127.0.0.1:1");
  }

  private static void assertWrong(String complaint, String other, String... config) {
    String[] arguments =
        Stream.concat(Stream.of("create", "wrong"), Arrays.stream(config)).toArray(String[]::new);
    CommandLineRun run = run(arguments);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(complaint).contains(other);
  }

  private static CommandLineRun follow(String name, Path file, String topic) {
    return run(
        "create",
        name,
        "connector.class=file-source",
        "files=" + file,
        "topic=" + topic,
        "poll.interval.ms=20",
        "multiline.timeout.ms=50");
  }

  private static CommandLineRun run(String... arguments) {
    return CommandLineRun.of(
        Stream.concat(
                Stream.of("connector"),
                Stream.concat(Arrays.stream(arguments), Stream.of("--admin", "127.0.0.1:" + port)))
            .toArray(String[]::new));
  }

  private static void assertDone(CommandLineRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  private static void awaitStatus(String name, String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(run("status", name).out()).contains(text));
  }

  private static void awaitFiles(Path target, int records) {
    List<String> wanted = IntStream.range(0, records).mapToObj(i -> "record " + i).toList();
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(lines(target)).isEqualTo(wanted));
  }

  private static List<String> lines(Path target) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(target)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".log")).sorted().toList()) {
        lines.addAll(Files.readAllLines(file, UTF_8));
      }
    }
    return lines;
  }

  private static void publish(String topic, int from, int to) {
    List<OutboundRecord> records =
        IntStream.range(from, to)
            .mapToObj(
                i -> new OutboundRecord(null, ByteString.fromString("record " + i), 1, List.of()))
            .toList();
    join(client.produce(new TopicPartition(topic, 0), records, Optional.empty()));
  }

  private static void createTopic(String topic) {
    join(client.createTopic(topic, 1, Map.of()));
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void awaitLines(String topic, String... lines) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(read(topic)).containsExactly(lines));
  }

  private static List<String> read(String topic) {
    return join(client.fetch(new TopicPartition(topic, 0), 0, 1_000_000, Duration.ofMillis(50)))
        .records()
        .stream()
        .map(record -> Optional.ofNullable(record.value()).map(ByteString::utf8String).orElse(""))
        .toList();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
