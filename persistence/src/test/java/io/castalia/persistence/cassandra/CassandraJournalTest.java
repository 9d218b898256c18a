package io.castalia.persistence.cassandra;

import com.typesafe.config.Config;
import io.castalia.persistence.journal.JournalContract;

final class CassandraJournalTest extends JournalContract {
  private static final Config KEYSPACE = SharedCassandra.freshKeyspaceConfig();

  @Override
  protected Config config() {
    return KEYSPACE;
  }
}
