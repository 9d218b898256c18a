package io.castalia.node.kafka;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.node.kafka.admin.AdminHandlers;
import io.castalia.node.kafka.log.LogHandlers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Node;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/** A gateway on a free port over partitions in memory. */
final class GatewayFixture implements AutoCloseable {
  /** For what comes at once, on a machine that is busy with other things. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final FakeTopics topics = new FakeTopics();
  final FakePartitions partitions = new FakePartitions();
  private final FakeCluster cluster = new FakeCluster();
  private final ActorTestKit kit = ActorTestKit.create("gateway");
  private final GatewayBinding binding;
  private volatile Optional<Node> leader = Optional.empty();

  GatewayFixture() throws Exception {
    this("");
  }

  /**
   * @param overrides settings below {@code castalia.kafka}
   */
  GatewayFixture(String overrides) throws Exception {
    Config config =
        ConfigFactory.parseString("port = 0\n" + overrides)
            .withFallback(ConfigFactory.defaultReference().getConfig("castalia.kafka"));
    GatewaySettings settings = GatewaySettings.from(config);
    List<RequestHandler<?>> handlers =
        new ArrayList<>(LogHandlers.all(topics, partitions, partition -> leader, settings));
    handlers.addAll(AdminHandlers.all(topics, partitions, cluster, Map::of, "log"));
    binding =
        KafkaGateway.bind(kit.system(), settings, ApiTable.of(handlers))
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    Node self = new Node(1, "127.0.0.1", port());
    leader = Optional.of(self);
    cluster.serveAt(self);
  }

  int port() {
    return binding.address().getPort();
  }

  String bootstrap() {
    return "127.0.0.1:" + port();
  }

  GatewayBinding binding() {
    return binding;
  }

  RawClient connect() throws IOException {
    return new RawClient(port());
  }

  RawClients connect(int count) throws IOException {
    return new RawClients(port(), count);
  }

  @Override
  public void close() {
    binding.drain(Duration.ZERO).toCompletableFuture().join();
    kit.shutdownTestKit();
  }
}
