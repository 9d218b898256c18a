package io.castalia.bench.topology;

import io.castalia.bench.server.CastaliaNode;
import java.util.List;

/** A node with its own Cassandra, which is its child: killing the node takes Cassandra with it. */
public final class EmbeddedTopology implements Topology {

  private final CastaliaNode node;

  /**
   * A topology of one node.
   *
   * @param node started or not
   */
  public EmbeddedTopology(CastaliaNode node) {
    this.node = node;
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.NODE, Target.CASSANDRA, Target.BOTH);
  }

  @Override
  public String bootstrap() {
    return node.bootstrap();
  }

  @Override
  public void start() {
    node.start();
  }

  @Override
  public void kill(Target target) {
    if (target != Target.NODE) {
      // Absent while the node is starting: then there is nothing to kill yet.
      node.cassandra().ifPresent(ProcessHandle::destroyForcibly);
    }
    if (target != Target.CASSANDRA) {
      node.process().kill();
    }
  }

  /** A node that lost its Cassandra gets it back by itself, or ends and is started again. */
  @Override
  public void revive() {
    if (!node.process().isAlive()) {
      node.launch();
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
