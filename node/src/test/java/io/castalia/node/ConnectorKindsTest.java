package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.castalia.api.Header;
import io.castalia.api.InboundRecord;
import io.castalia.streams.DeadLetters;
import io.castalia.streams.connect.RegistryReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the connectors in the box do, but for those of files. */
class ConnectorKindsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @SuppressWarnings("NullAway.Init")
  private static ConnectorRun connectors;

  @BeforeAll
  static void start() {
    node =
        TestNode.startInMemory(
            directory,
            Map.of(
                "castalia.connectors.watch-interval", "100ms",
                "castalia.connectors.min-backoff", "100ms",
                // A node that nobody takes over from waits for that when it stops.
                "pekko.coordinated-shutdown.phases.cluster-sharding-shutdown-region.timeout",
                    "1s"));
    connectors = new ConnectorRun(node.system());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void shouldAnswerAWebhookWhenTheRecordIsDurable() throws Exception {
    connectors.createTopics("hooks");
    int port = freePort();
    create(
        "hooks",
        Map.of(
            "connector.class", "http-source",
            "topic", "hooks",
            "http.port", Integer.toString(port),
            "http.path", "/in"));
    URI uri = URI.create("http://127.0.0.1:" + port + "/in");

    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(send("POST", uri, "first", "k")).isEqualTo(200));
    assertThat(connectors.values("hooks")).containsExactly("first");
    assertThat(send("POST", uri, "second", "k")).isEqualTo(200);
    assertThat(connectors.values("hooks")).containsExactly("first", "second");
    assertThat(connectors.read("hooks"))
        .allSatisfy(record -> assertThat(ConnectorRun.text(record.key())).isEqualTo("k"));
    assertThat(send("GET", uri, "", "k")).isEqualTo(405);
    assertThat(send("POST", uri.resolve("/elsewhere"), "third", "k")).isEqualTo(404);
    connectors.delete("hooks");
  }

  private static int send(String method, URI uri, String body, String key) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri)
                .header("X-Record-Key", key)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void shouldPostAgainWhatMayPassAndPutAsideWhatWillNot() throws Exception {
    connectors.createTopics("outgoing", "outgoing-dead");
    Queue<String> posted = new ConcurrentLinkedQueue<>();
    AtomicInteger outages = new AtomicInteger(2);
    HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext("/", exchange -> answer(exchange, posted, outages));
    target.start();
    try {
      connectors.publish("outgoing", "one", "bad", "two");
      create(
          "outgoing",
          Map.of(
              "connector.class", "http-sink",
              "topics", "outgoing",
              "http.url", "http://127.0.0.1:" + target.getAddress().getPort() + "/",
              "errors.tolerance", "all",
              "errors.deadletterqueue.topic.name", "outgoing-dead"));

      connectors.awaitValues("outgoing-dead", "bad");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(posted.stream().distinct())
                      .containsExactly("outgoing-0-0 one", "outgoing-0-2 two"));
      assertThat(headers(connectors.read("outgoing-dead").get(0)))
          .containsEntry(DeadLetters.TOPIC, "outgoing")
          .containsEntry(DeadLetters.OFFSET, "1")
          .hasEntrySatisfying(
              DeadLetters.EXCEPTION_MESSAGE,
              message -> assertThat(message).contains("but it answered 422"));
    } finally {
      connectors.delete("outgoing");
      target.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, Queue<String> posted, AtomicInteger outages)
      throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int code = outages.getAndDecrement() > 0 ? 503 : body.equals("bad") ? 422 : 204;
    if (code == 204) {
      posted.add(exchange.getRequestHeaders().getFirst("Idempotency-Key") + " " + body);
    }
    exchange.sendResponseHeaders(code, -1);
    exchange.close();
  }

  private static Map<String, String> headers(InboundRecord record) {
    return record.headers().stream()
        .collect(Collectors.toMap(Header::name, header -> ConnectorRun.text(header.value())));
  }

  @Test
  void shouldMirrorInBothDirections() {
    connectors.createTopics("origin", "in.origin", "out.origin");
    connectors.publish("origin", "a", "b");
    Map<String, String> other =
        Map.of("mirror.bootstrap.servers", node.bootstrap(), "topics", "origin");
    create("inward", with(other, "connector.class", "mirror-source", "topic.prefix", "in."));
    create("outward", with(other, "connector.class", "mirror-sink", "topic.prefix", "out."));
    connectors.awaitValues("in.origin", "a", "b");
    connectors.awaitValues("out.origin", "a", "b");

    connectors.delete("inward");
    connectors.publish("origin", "c");
    create("inward", with(other, "connector.class", "mirror-source", "topic.prefix", "in."));

    connectors.awaitValues("in.origin", "a", "b", "c");
    connectors.awaitValues("out.origin", "a", "b", "c");
    assertThat(headers(connectors.read("out.origin").get(2)))
        .containsEntry("castalia.origin", "origin-0-2");
    connectors.delete("inward");
    connectors.delete("outward");
  }

  private static Map<String, String> with(Map<String, String> config, String... more) {
    Map<String, String> all = new HashMap<>(config);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  @Test
  void shouldReadRowsThatAreNewOrChanged() throws Exception {
    connectors.createTopics("orders");
    String url = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
    try (Connection database = DriverManager.getConnection(url)) {
      run(
          database,
          "CREATE TABLE orders (id BIGINT, item VARCHAR, price DECIMAL(9,2), at TIMESTAMP)");
      run(database, "INSERT INTO orders VALUES (1, 'pen', 1.50, '2026-01-01 10:00:00')");
      run(database, "INSERT INTO orders VALUES (2, NULL, 2, '2026-01-01 10:00:00')");
      create(
          "orders",
          Map.of(
              "connector.class", "jdbc-source",
              "connection.url", url,
              "table", "orders",
              "incrementing.column", "id",
              "timestamp.column", "at",
              "poll.interval.ms", "50",
              "batch.size", "1",
              "topic", "orders"));
      connectors.awaitValues(
          "orders",
          "{\"ID\":1,\"ITEM\":\"pen\",\"PRICE\":1.50,\"AT\":\"2026-01-01 10:00:00\"}",
          "{\"ID\":2,\"ITEM\":null,\"PRICE\":2.00,\"AT\":\"2026-01-01 10:00:00\"}");

      run(database, "UPDATE orders SET item = 'ink', at = '2026-01-01 11:00:00' WHERE id = 1");

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(connectors.values("orders"))
                      .hasSize(3)
                      .last()
                      .asString()
                      .contains("\"ID\":1,\"ITEM\":\"ink\""));
      connectors.delete("orders");
    }
  }

  @Test
  void shouldInsertOrUpdateRows() throws Exception {
    connectors.createTopics("prices", "prices-dead");
    connectors.publish(
        "prices",
        "{\"item\":\"pen\",\"price\":1.5}",
        "not JSON",
        "{\"item\":\"ink\",\"price\":7}",
        "{\"item\":\"pen\",\"price\":2.5}",
        "{\"price\":3}",
        "{\"item\":\"nib\",\"colour\":\"red\"}");
    String url = "jdbc:h2:mem:prices;DB_CLOSE_DELAY=-1";
    try (Connection database = DriverManager.getConnection(url)) {
      run(database, "CREATE TABLE prices (item VARCHAR PRIMARY KEY, price DECIMAL(9,2))");
      create(
          "prices",
          Map.of(
              "connector.class", "jdbc-sink",
              "connection.url", url,
              "table", "prices",
              "pk.columns", "item",
              "topics", "prices",
              "errors.tolerance", "all",
              "errors.deadletterqueue.topic.name", "prices-dead"));

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(prices(database)).containsExactly("ink 7.00", "pen 2.50"));
      connectors.awaitValues(
          "prices-dead", "not JSON", "{\"price\":3}", "{\"item\":\"nib\",\"colour\":\"red\"}");
      assertThat(
              connectors.read("prices-dead").stream()
                  .map(record -> headers(record).get(DeadLetters.EXCEPTION_MESSAGE)))
          .satisfiesExactly(
              first -> assertThat(first).contains("expected a JSON object"),
              second -> assertThat(second).contains("expected a value for key column \"item\""),
              third -> assertThat(third).contains("but one was \"colour\""));
      connectors.delete("prices");
    }
  }

  /** As the recipe for a new kind shows. */
  @Test
  void shouldFindKindsOnTheClassPath() {
    connectors.createTopics("ticks");
    Map<String, String> config =
        Map.of("connector.class", "ticker", "topic", "ticks", "ticker.interval.ms", "1");
    create("ticks", config);
    await().atMost(PATIENCE).until(() -> connectors.values("ticks").size() > 10);
    connectors.delete("ticks");
    int before = connectors.values("ticks").size();
    create("ticks", config);
    await().atMost(PATIENCE).until(() -> connectors.values("ticks").size() > before + 10);
    connectors.delete("ticks");

    List<String> ticks = connectors.values("ticks");
    assertThat(ticks)
        .isEqualTo(IntStream.range(0, ticks.size()).mapToObj(i -> "tick " + i).toList());
  }

  @Test
  void shouldShowInTheRecipeWhatIsCompiled() throws IOException {
    assertThat(Snippets.of(Path.of("../docs/recipes/add-a-connector.md")))
        .isNotEmpty()
        .allSatisfy(
            snippet ->
                assertThat(
                        Snippets.withoutIndents(
                            Files.readString(
                                Path.of("src/test/java/io/castalia/node/TickerSource.java"))))
                    .contains(snippet));
  }

  private static void run(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> prices(Connection database) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet found = statement.executeQuery("SELECT item, price FROM prices ORDER BY item")) {
      while (found.next()) {
        rows.add(found.getString(1) + " " + found.getBigDecimal(2));
      }
    }
    return rows;
  }

  private static void create(String name, Map<String, String> config) {
    assertThat(connectors.create(name, config)).isInstanceOf(RegistryReply.Described.class);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
