package io.castalia.persistence.cassandra;

import io.castalia.persistence.journal.FenceContract;
import io.castalia.persistence.store.LogStore;

final class CassandraFenceTest extends FenceContract {
  @Override
  protected LogStore store() {
    return SharedCassandra.store();
  }
}
