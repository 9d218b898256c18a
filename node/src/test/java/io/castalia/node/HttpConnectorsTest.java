package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.castalia.persistence.embedded.FreePorts;
import io.castalia.streams.DeadLetters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Records by way of HTTP. */
class HttpConnectorsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ConnectorRun connectors = ConnectorNode.shared().connectors();

  @Test
  void shouldAnswerAWebhookWhenTheRecordIsDurable() throws Exception {
    connectors.createTopics("hooks");
    int port = FreePorts.next();
    connectors.createOrFail(
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
        .untilAsserted(() -> assertThat(send("GET", uri, "", "k")).isEqualTo(405));
    assertThat(send("POST", uri, "first", "k")).isEqualTo(200);
    assertThat(connectors.values("hooks")).containsExactly("first");
    assertThat(send("POST", uri, "second", "k")).isEqualTo(200);
    assertThat(connectors.values("hooks")).containsExactly("first", "second");
    assertThat(connectors.read("hooks"))
        .allSatisfy(record -> assertThat(ConnectorRun.text(record.key())).isEqualTo("k"));
    assertThat(send("POST", uri.resolve("/elsewhere"), "third", "k")).isEqualTo(404);
    assertThat(send("POST", uri, "x".repeat(600 * 1024), "k")).isEqualTo(413);
    assertThat(connectors.values("hooks")).containsExactly("first", "second");
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
      connectors.createOrFail(
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
      assertThat(ConnectorRun.headers(connectors.read("outgoing-dead").get(0)))
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
}
