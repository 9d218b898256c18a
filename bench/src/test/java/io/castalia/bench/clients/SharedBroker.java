package io.castalia.bench.clients;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.KafkaBroker;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.SharedNode;
import io.castalia.bench.server.Topics;
import io.castalia.bench.server.WorkDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The server that clients are tried on: the node that all tests share. With {@code
 * -Dcastalia.bench.server=kafka} it is Kafka, to tell a wrong test from a wrong server.
 */
final class SharedBroker implements BeforeAllCallback {

  private static final AtomicInteger TOPICS = new AtomicInteger();

  private final SharedNode node = new SharedNode();
  private String bootstrap = "";
  private Path work = Path.of("");

  private record Kafka(Broker broker, Path work) implements AutoCloseable {

    static Kafka start() {
      Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("clients"));
      Broker broker = new KafkaBroker(work, false, List.of("group.initial.rebalance.delay.ms=100"));
      broker.start();
      return new Kafka(broker, work);
    }

    @Override
    public void close() {
      broker.close();
    }
  }

  static boolean isKafka() {
    return "kafka".equals(System.getProperty("castalia.bench.server"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (isKafka()) {
      Kafka kafka =
          context
              .getRoot()
              .getStore(Namespace.GLOBAL)
              .getOrComputeIfAbsent(Kafka.class, type -> Kafka.start(), Kafka.class);
      bootstrap = kafka.broker().bootstrap();
      work = kafka.work();
    } else {
      node.beforeAll(context);
      bootstrap = node.node().bootstrap();
      work = node.work();
    }
  }

  String bootstrap() {
    return bootstrap;
  }

  /** HOST:PORT of Castalia's HTTP endpoint. */
  String admin() {
    return node.admin();
  }

  /** Where a test may put files. */
  Path work() {
    return work;
  }

  /** A topic that no other test has. */
  String newTopic(int partitions) {
    String topic = "topic-" + TOPICS.incrementAndGet();
    Topics.create(bootstrap, topic, partitions);
    return topic;
  }
}
