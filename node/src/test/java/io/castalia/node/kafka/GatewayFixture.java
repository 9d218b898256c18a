package io.castalia.node.kafka;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.node.kafka.admin.AdminHandlers;
import io.castalia.node.kafka.log.LogHandlers;
import io.castalia.persistence.MetersSetup;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Node;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A gateway on a free port over partitions in memory, from when a test starts it to the test's end.
 * There is a topic "t" with two partitions.
 */
final class GatewayFixture implements AfterEachCallback {
  /** For what comes at once, on a machine that is busy with other things. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final FakeTopics topics = new FakeTopics();
  final FakePartitions partitions = new FakePartitions();
  private final FakeCluster cluster = new FakeCluster();
  final MeterRegistry meters = new SimpleMeterRegistry();
  private final ActorTestKit kit =
      ActorTestKit.create(
          ActorSystem.create(
              Behaviors.empty(), "gateway", ActorSystemSetup.create(new MetersSetup(meters))));
  private Optional<GatewayBinding> bound = Optional.empty();
  private volatile Optional<Node> leader = Optional.empty();

  void start() throws Exception {
    start("");
  }

  /**
   * Starts it.
   *
   * @param overrides settings below {@code castalia.kafka}
   */
  void start(String overrides) throws Exception {
    topics.given("t", 2);
    Config config =
        ConfigFactory.parseString("port = 0\n" + overrides)
            .withFallback(ConfigFactory.defaultReference().getConfig("castalia.kafka"));
    GatewaySettings settings = GatewaySettings.from(config);
    List<RequestHandler<?>> handlers =
        new ArrayList<>(LogHandlers.all(topics, partitions, partition -> leader, settings, meters));
    handlers.addAll(AdminHandlers.all(topics, partitions, cluster, Map::of, "log"));
    bound =
        Optional.of(
            KafkaGateway.bind(kit.system(), settings, ApiTable.of(handlers))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS));
    Node self = new Node(1, "127.0.0.1", port());
    leader = Optional.of(self);
    cluster.serveAt(self);
  }

  int port() {
    return binding().address().getPort();
  }

  String bootstrap() {
    return "127.0.0.1:" + port();
  }

  GatewayBinding binding() {
    return bound.orElseThrow();
  }

  RawClient connect() throws IOException {
    return new RawClient(port());
  }

  RawClients connect(int count) throws IOException {
    return new RawClients(port(), count);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    bound.ifPresent(each -> each.drain(Duration.ZERO).toCompletableFuture().join());
    kit.shutdownTestKit();
  }
}
