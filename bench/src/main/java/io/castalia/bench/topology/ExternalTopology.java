package io.castalia.bench.topology;

import io.castalia.bench.server.CassandraServer;
import io.castalia.bench.server.CastaliaNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A node and a Cassandra that do not depend on each other's processes: each can die alone. */
final class ExternalTopology implements Topology {

  private final CassandraServer cassandra;
  private final CastaliaNode node;

  ExternalTopology(Path directory) {
    this.cassandra = new CassandraServer(directory.resolve("cassandra"));
    Path config = directory.resolve("node.conf");
    try {
      Files.writeString(
          config,
          "castalia.persistence.cassandra.contact-points = [\""
              + cassandra.contactPoint()
              + "\"]\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.node =
        new CastaliaNode(
            directory.resolve("node"), List.of("--config", config.toString()), Map.of());
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
