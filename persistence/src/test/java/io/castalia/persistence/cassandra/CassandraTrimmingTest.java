package io.castalia.persistence.cassandra;

import io.castalia.persistence.journal.TrimmingContract;
import io.castalia.persistence.store.LogStore;

final class CassandraTrimmingTest extends TrimmingContract {
  @Override
  protected LogStore store() {
    return SharedCassandra.store();
  }
}
