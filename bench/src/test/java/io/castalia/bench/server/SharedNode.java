package io.castalia.bench.server;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One node with its Cassandra for all test classes: started by the first, stopped after the last.
 * Whoever kills it starts it again.
 */
public final class SharedNode implements BeforeAllCallback {
  /** Of members of the consumer protocol: longer than a start takes on a busy machine. */
  public static final int SESSION_MILLIS = 60_000;

  private @Nullable Running running;

  private record Running(CastaliaNode node, String admin, Path work) implements AutoCloseable {

    static Running start() {
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
    running =
        context
            .getRoot()
            .getStore(Namespace.GLOBAL)
            .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class);
    if (!node().process().isAlive()) {
      // A test has failed between the two.
      node().start();
    }
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("the node was not started");
    }
    return running;
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
