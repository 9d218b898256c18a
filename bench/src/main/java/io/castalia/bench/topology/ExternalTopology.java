package io.castalia.bench.topology;

import io.castalia.bench.server.CassandraServer;
import io.castalia.bench.server.CastaliaNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A node and a Cassandra that do not depend on each other's processes: each can die alone. */
final class ExternalTopology implements Topology {

  private final CassandraServer cassandra;
  private final CastaliaNode node;

  ExternalTopology(Path directory, List<String> configuration) {
    this.cassandra = new CassandraServer(directory.resolve("cassandra"));
    List<String> all = new ArrayList<>(configuration);
    all.add(
        "castalia.persistence.cassandra.contact-points = [\"" + cassandra.contactPoint() + "\"]");
    this.node = CastaliaNode.configured(directory.resolve("node"), all);
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
    cassandra.start();
    node.start();
  }

  @Override
  public void kill(Target target) {
    if (target != Target.NODE) {
      cassandra.kill();
    }
    if (target != Target.CASSANDRA) {
      node.process().kill();
    }
  }

  @Override
  public void revive() {
    if (!cassandra.isAlive()) {
      cassandra.launch();
    }
    if (!node.process().isAlive()) {
      node.launch();
    }
  }

  @Override
  public void close() {
    node.close();
    cassandra.close();
  }
}
