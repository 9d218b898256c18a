package io.castalia.persistence.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.persistence.embedded.EmbeddedCassandra;
import io.castalia.persistence.embedded.EmbeddedCassandraSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one Cassandra of this test JVM. It ends with the JVM; its data stays under {@code target}
 * until the next build. Each caller gets a keyspace of its own.
 */
public final class SharedCassandra {
  private static final AtomicInteger KEYSPACES = new AtomicInteger();

  private SharedCassandra() {}

  /** One store for all tests whose logs and writers have names of their own. */
  static CassandraLogStore store() {
    return StoreHolder.STORE;
  }

  /** Settings of an absent keyspace, which is created when a store is opened with them. */
  public static CassandraSettings freshKeyspace() {
    String keyspace = "test_" + ProcessHandle.current().pid() + "_" + KEYSPACES.incrementAndGet();
    return CassandraSettings.from(ConfigFactory.load().getConfig("castalia.persistence.cassandra"))
        .withContactPoints(List.of(Holder.CASSANDRA.contactPoint()))
        .withKeyspace(keyspace + "_" + System.currentTimeMillis());
  }

  /** The same as configuration of an actor system. */
  public static Config freshKeyspaceConfig() {
    CassandraSettings settings = freshKeyspace();
    InetSocketAddress contactPoint = settings.contactPoints().get(0);
    return ConfigFactory.parseMap(
        Map.of(
            "castalia.persistence.store",
            "cassandra",
            "castalia.persistence.cassandra.contact-points",
            List.of(contactPoint.getHostString() + ":" + contactPoint.getPort()),
            "castalia.persistence.cassandra.keyspace",
            settings.keyspace()));
  }

  private static final class StoreHolder {
    static final CassandraLogStore STORE = CassandraLogStore.open(freshKeyspace());
  }

  private static final class Holder {
    static final EmbeddedCassandra CASSANDRA =
        EmbeddedCassandra.start(
            EmbeddedCassandraSettings.from(
                ConfigFactory.load().getConfig("castalia.persistence.embedded-cassandra"),
                Path.of(
                    "target/shared-cassandra-"
                        + System.getProperty("castalia.test.fork", "fork-1"))));
  }
}
