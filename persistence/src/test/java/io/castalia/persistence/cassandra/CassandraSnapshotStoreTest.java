package io.castalia.persistence.cassandra;

import com.typesafe.config.Config;
import io.castalia.persistence.journal.SnapshotStoreContract;

final class CassandraSnapshotStoreTest extends SnapshotStoreContract {
  private static final Config KEYSPACE = SharedCassandra.freshKeyspaceConfig();

  @Override
  protected Config config() {
    return KEYSPACE;
  }
}
