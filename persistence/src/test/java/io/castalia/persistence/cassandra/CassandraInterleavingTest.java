package io.castalia.persistence.cassandra;

import io.castalia.persistence.journal.InterleavingContract;
import io.castalia.persistence.store.LogStore;

final class CassandraInterleavingTest extends InterleavingContract {
  @Override
  protected LogStore store() {
    return SharedCassandra.store();
  }

  @Override
  protected int maxSwitches() {
    return 1;
  }
}
