package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.castalia.persistence.Persistence;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Leave;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that come to a cluster of one, and whether it is theirs. */
class ClusterEntryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static TestNode first;

  private static int seedPort;

  @BeforeAll
  static void start() throws IOException {
    seedPort = freePort();
    first = TestNode.startInMemory(directory.resolve("1"), settings(1, seedPort));
  }

  @AfterAll
  static void stop() {
    first.close();
  }

  @Test
  void shouldTellClientsWhereNodesStand() throws Exception {
    Map<String, Object> own = settings(2, freePort());
    own.put("castalia.cluster.rack", "north");

    try (TestNode second = TestNode.startInMemory(directory.resolve("2"), own);
        Admin admin = Admin.create(Map.of("bootstrap.servers", first.bootstrap()))) {
      await().atMost(PATIENCE).until(() -> members() == 2);

      assertThat(admin.describeCluster().nodes().get())
          .extracting(Node::id, Node::rack)
          .containsExactlyInAnyOrder(tuple(1, null), tuple(2, "north"));
      assertThat(second.bootstrap()).isNotEqualTo(first.bootstrap());
    }
  }

  @Test
  void shouldSayThatItIsAliveAndReady() throws Exception {
    int port = freePort();
    Map<String, Object> own = settings(8, freePort());
    own.put("castalia.admin.port", port);
    HttpClient http = HttpClient.newHttpClient();

    try (TestNode node = TestNode.startInMemory(directory.resolve("8"), own)) {
      assertThat(get(http, port, "/health/alive")).isEqualTo("200 alive\n");
      assertThat(get(http, port, "/health/ready")).isEqualTo("200 ready\n");

      Cluster cluster = Cluster.get(node.system());
      cluster.manager().tell(new Leave(cluster.selfMember().address()));

      await().atMost(PATIENCE).until(() -> !get(http, port, "/health/ready").startsWith("200"));
    }
  }

  /** Code and text; what the server says when it says nothing. */
  private static String get(HttpClient http, int port, String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      return "nothing listens";
    }
  }

  @Test
  void shouldRefuseANodeWithTheIdOfAnother() throws IOException {
    Map<String, Object> own = settings(1, freePort());

    assertThatThrownBy(() -> TestNode.startInMemory(directory.resolve("twin"), own))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("castalia.node-id")
        .hasMessageContaining("127.0.0.1:" + seedPort);
  }

  @Test
  void shouldRefuseANodeWithAnotherStore() throws IOException {
    Map<String, Object> own = settings(3, freePort());
    own.put("castalia.persistence.in-memory.name", "another");

    assertThatThrownBy(() -> TestNode.startInMemory(directory.resolve("3"), own))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("share one Cassandra and keyspace");
  }

  @Test
  void shouldRefuseANodeWithOtherShards() throws IOException {
    Map<String, Object> own = settings(4, freePort());
    own.put("castalia.partition.number-of-shards", 17);

    assertThatThrownBy(() -> TestNode.startInMemory(directory.resolve("4"), own))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("set up differently")
        .hasMessageContaining("number-of-shards");
  }

  @Test
  void shouldComeBackUnderAnotherWriterWhenTakenForDead() throws IOException {
    TestNode node = TestNode.startInMemory(directory.resolve("5"), settings(5, freePort()));
    UUID before = Persistence.get(node.system()).writer();
    await().atMost(PATIENCE).until(() -> members() == 2);
    Address address = Cluster.get(node.system()).selfMember().address();

    Cluster.get(first.system()).manager().tell(new Down(address));

    NodeSettings again = node.comeback().orElseThrow();
    assertThat(again.cluster().seedNodes()).containsExactly("127.0.0.1:" + seedPort);
    try (TestNode back = TestNode.start(again)) {
      await().atMost(PATIENCE).until(() -> members() == 2);
      assertThat(Persistence.get(back.system()).writer()).isNotEqualTo(before);
    }
  }

  @Test
  void shouldFormTheirClusterAgainWhenAllTookEachOtherForDead() throws Exception {
    List<String> seeds = List.of("127.0.0.1:" + freePort(), "127.0.0.1:" + freePort());
    TestNode left = TestNode.startInMemory(directory.resolve("6"), among(seeds, 0));
    TestNode right = TestNode.startInMemory(directory.resolve("7"), among(seeds, 1));
    await().atMost(PATIENCE).until(() -> members(left) == 2);

    takeForDead(left);
    takeForDead(right);
    NodeSettings leftAgain = left.comeback().orElseThrow();
    NodeSettings rightAgain = right.comeback().orElseThrow();

    CompletableFuture<TestNode> back =
        CompletableFuture.supplyAsync(() -> TestNode.start(rightAgain));
    try (TestNode one = TestNode.start(leftAgain);
        TestNode other = back.join()) {
      await().atMost(PATIENCE).until(() -> members(one) == 2 && members(other) == 2);
    }
  }

  private static void takeForDead(TestNode node) {
    Cluster cluster = Cluster.get(node.system());
    cluster.manager().tell(new Down(cluster.selfMember().address()));
  }

  private static Map<String, Object> among(List<String> seeds, int index) {
    String own = seeds.get(index);
    Map<String, Object> settings =
        settings(6 + index, Integer.parseInt(own.substring(own.indexOf(':') + 1)));
    settings.put("castalia.cluster.seed-nodes", seeds);
    settings.put("castalia.persistence.in-memory.name", directory + "/two");
    return settings;
  }

  private static long members(TestNode node) {
    return Cluster.get(node.system()).state().members().size();
  }

  private static long members() {
    return members(first);
  }

  private static Map<String, Object> settings(int id, int port) {
    Map<String, Object> own = new HashMap<>();
    own.put("castalia.node-id", id);
    own.put("castalia.cluster.port", port);
    own.put("castalia.cluster.seed-nodes", List.of("127.0.0.1:" + seedPort));
    own.put("castalia.persistence.in-memory.name", directory.toString());
    return own;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
