package io.castalia.bench.server;

import io.castalia.testkit.node.FreePorts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One node with its Cassandra for all test classes: started by the first, stopped after the last.
 * Whoever kills it starts it again.
 */
public final class SharedNode extends Shared<SharedNode.Running> {
  /** Of members of the consumer protocol: longer than a start takes on a busy machine. */
  public static final int SESSION_MILLIS = 60_000;

  /** A node that is wanted, and started when it is first used. */
  public SharedNode() {
    super(Running.class, Running::start);
  }

  record Running(CastaliaNode node, String admin, Path work) implements AutoCloseable {

    private static Running start() {
      Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("shared-node"));
      int adminPort = FreePorts.next();
      CastaliaNode node =
          CastaliaNode.configured(
              work,
              List.of(
                  "castalia.admin.port = " + adminPort,
                  "castalia.groups.initial-rebalance-delay = 100ms",
                  "castalia.groups.consumer.session-timeout = " + SESSION_MILLIS + "ms"));
      node.start();
      return new Running(node, "127.0.0.1:" + adminPort, work);
    }

    @Override
    public void close() {
      node.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    super.beforeAll(context);
    if (!node().process().isAlive()) {
      // A test has failed between the two.
      node().start();
    }
  }

  public CastaliaNode node() {
    return running().node();
  }

  /** HOST:PORT of its HTTP endpoint. */
  public String admin() {
    return running().admin();
  }

  /** Where a test may put files. */
  public Path work() {
    return running().work();
  }
}
