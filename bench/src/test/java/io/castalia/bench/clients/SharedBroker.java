package io.castalia.bench.clients;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.KafkaBroker;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.Shared;
import io.castalia.bench.server.SharedNode;
import io.castalia.bench.server.Topics;
import io.castalia.bench.server.WorkDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The server that clients are tried on: the node that all tests share. With {@code
 * -Dcastalia.bench.server=kafka} it is Kafka, to tell a wrong test from a wrong server.
 */
final class SharedBroker implements BeforeAllCallback {

  private static final AtomicInteger TOPICS = new AtomicInteger();

  private final SharedNode node = new SharedNode();
  private final PlainKafka kafka = new PlainKafka();

  /** Without the listener and the delay that others want. */
  private static final class PlainKafka extends Shared<Running> {
    PlainKafka() {
      super(Running.class, Running::start);
    }

    Running get() {
      return running();
    }
  }

  private record Running(Broker broker, Path work) implements AutoCloseable {

    static Running start() {
      Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("clients"));
      Broker broker = new KafkaBroker(work, false, List.of("group.initial.rebalance.delay.ms=100"));
      broker.start();
      return new Running(broker, work);
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
      kafka.beforeAll(context);
    } else {
      node.beforeAll(context);
    }
  }

  String bootstrap() {
    return isKafka() ? kafka.get().broker().bootstrap() : node.node().bootstrap();
  }

  /** HOST:PORT of Castalia's HTTP endpoint. */
  String admin() {
    return node.admin();
  }

  /** Where a test may put files. */
  Path work() {
    return isKafka() ? kafka.get().work() : node.work();
  }

  /** A topic that no other test has, which keeps records whatever their time. */
  String newTopic(int partitions) {
    String topic = "topic-" + TOPICS.incrementAndGet();
    Topics.create(bootstrap(), topic, partitions, Map.of("retention.ms", "-1"));
    return topic;
  }
}
