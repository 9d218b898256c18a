package io.castalia.persistence.cassandra;

import io.castalia.persistence.journal.InterleavingContract;
import io.castalia.persistence.store.LogStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class CassandraInterleavingTest extends InterleavingContract {
  private static CassandraLogStore store;

  @BeforeAll
  static void open() {
    store = CassandraLogStore.open(SharedCassandra.freshKeyspace());
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Override
  protected LogStore store() {
    return store;
  }

  @Override
  protected int maxSwitches() {
    return 1;
  }
}
