package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.castalia.persistence.Persistence;
import io.castalia.persistence.embedded.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.pekko.cluster.typed.Cluster;
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

  @SuppressWarnings("NullAway.Init")
  private static TestCluster nodes;

  @BeforeAll
  static void start() {
    nodes = TestCluster.in(directory);
    first = TestNode.startInMemory(directory.resolve("1"), nodes.settings(1, nodes.seedPort()));
  }

  @AfterAll
  static void stop() {
    first.close();
  }

  @Test
  void shouldTellClientsWhereNodesStand() throws Exception {
    Map<String, Object> own = nodes.settings(2, FreePorts.next());
    own.put("castalia.cluster.rack", "north");

    try (TestNode second = TestNode.startInMemory(directory.resolve("2"), own);
        Admin admin = Admin.create(Map.of("bootstrap.servers", first.bootstrap()))) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(admin.describeCluster().nodes().get())
                      .extracting(Node::id, Node::rack)
                      .containsExactlyInAnyOrder(tuple(1, null), tuple(2, "north")));
      assertThat(second.bootstrap()).isNotEqualTo(first.bootstrap());
    }
  }

  @Test
  void shouldSayThatItIsAliveAndReady() throws Exception {
    int port = FreePorts.next();
    Map<String, Object> own = nodes.settings(8, FreePorts.next());
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
  void shouldRefuseANodeWithTheIdOfAnother() {
    Map<String, Object> own = nodes.settings(1, FreePorts.next());

    assertThatThrownBy(() -> TestNode.startInMemory(directory.resolve("twin"), own))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("castalia.node-id")
        .hasMessageContaining("127.0.0.1:" + nodes.seedPort());
  }

  @Test
  void shouldRefuseANodeWithAnotherStore() {
    Map<String, Object> own = nodes.settings(3, FreePorts.next());
    own.put("castalia.persistence.in-memory.name", "another");

    assertThatThrownBy(() -> TestNode.startInMemory(directory.resolve("3"), own))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("share one Cassandra and keyspace");
  }

  @Test
  void shouldRefuseANodeWithOtherShards() {
    Map<String, Object> own = nodes.settings(4, FreePorts.next());
    own.put("castalia.partition.number-of-shards", 17);

    assertThatThrownBy(() -> TestNode.startInMemory(directory.resolve("4"), own))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("set up differently")
        .hasMessageContaining("number-of-shards");
  }

  @Test
  void shouldComeBackUnderAnotherWriterWhenTakenForDead() {
    TestNode node =
        TestNode.startInMemory(directory.resolve("5"), nodes.settings(5, FreePorts.next()));
    UUID before = Persistence.get(node.system()).writer();
    await().atMost(PATIENCE).until(() -> first.members() == 2);

    first.declareDown(node.address());

    NodeSettings again = node.comeback().orElseThrow();
    assertThat(again.cluster().seedNodes()).containsExactly("127.0.0.1:" + nodes.seedPort());
    try (TestNode back = TestNode.start(again)) {
      await().atMost(PATIENCE).until(() -> first.members() == 2);
      assertThat(Persistence.get(back.system()).writer()).isNotEqualTo(before);
    }
  }

  @Test
  void shouldFormTheirClusterAgainWhenAllTookEachOtherForDead() throws Exception {
    List<String> seeds = List.of("127.0.0.1:" + FreePorts.next(), "127.0.0.1:" + FreePorts.next());
    TestNode left = TestNode.startInMemory(directory.resolve("6"), among(seeds, 0));
    TestNode right = TestNode.startInMemory(directory.resolve("7"), among(seeds, 1));
    await().atMost(PATIENCE).until(() -> left.members() == 2);

    left.declareDown(left.address());
    right.declareDown(right.address());
    NodeSettings leftAgain = left.comeback().orElseThrow();
    NodeSettings rightAgain = right.comeback().orElseThrow();

    CompletableFuture<TestNode> back =
        CompletableFuture.supplyAsync(() -> TestNode.start(rightAgain));
    try (TestNode one = TestNode.start(leftAgain);
        TestNode other = back.join()) {
      await().atMost(PATIENCE).until(() -> one.members() == 2 && other.members() == 2);
    }
  }

  private static Map<String, Object> among(List<String> seeds, int index) {
    String own = seeds.get(index);
    Map<String, Object> settings =
        nodes.settings(6 + index, Integer.parseInt(own.substring(own.indexOf(':') + 1)));
    settings.put("castalia.cluster.seed-nodes", seeds);
    settings.put("castalia.persistence.in-memory.name", directory + "/two");
    return settings;
  }
}
