package io.castalia.bench.clients;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.FreePorts;
import io.castalia.bench.server.KafkaBroker;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.Topics;
import io.castalia.bench.server.WorkDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One server for all test classes: started by the first, stopped after the last. With {@code
 * -Dcastalia.bench.server=kafka} it is Kafka, to tell a wrong test from a wrong server.
 */
final class SharedBroker implements BeforeAllCallback {

  private static final AtomicInteger TOPICS = new AtomicInteger();
  private static final Path WORK = ProjectPaths.work().resolve("clients");

  private String bootstrap = "";
  private String admin = "";

  private record Running(Broker broker, String admin) implements AutoCloseable {

    static Running start() {
      Path work = WorkDirectory.fresh(WORK);
      int adminPort = FreePorts.next();
      Broker broker =
          isKafka()
              ? new KafkaBroker(work, false)
              : CastaliaNode.configured(work, List.of("castalia.admin.port = " + adminPort));
      broker.start();
      return new Running(broker, "127.0.0.1:" + adminPort);
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
    Running running =
        context
            .getRoot()
            .getStore(Namespace.GLOBAL)
            .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class);
    bootstrap = running.broker().bootstrap();
    admin = running.admin();
  }

  String bootstrap() {
    return bootstrap;
  }

  /** HOST:PORT of Castalia's HTTP endpoint. */
  String admin() {
    return admin;
  }

  /** Where a test may put files. */
  Path work() {
    return WORK;
  }

  /** A topic that no other test has. */
  String newTopic(int partitions) {
    String topic = "topic-" + TOPICS.incrementAndGet();
    Topics.create(bootstrap, topic, partitions);
    return topic;
  }
}
