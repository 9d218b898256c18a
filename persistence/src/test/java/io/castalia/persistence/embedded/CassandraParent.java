package io.castalia.persistence.embedded;

import java.nio.file.Path;

/** A parent process for tests to kill: starts a Cassandra, prints its process id, and waits. */
final class CassandraParent {
  private CassandraParent() {}

  public static void main(String[] args) throws Exception {
    EmbeddedCassandra cassandra =
        EmbeddedCassandra.start(EmbeddedCassandraSettings.in(Path.of(args[0])));
    System.out.println("child " + cassandra.pid());
    Thread.currentThread().join();
  }
}
