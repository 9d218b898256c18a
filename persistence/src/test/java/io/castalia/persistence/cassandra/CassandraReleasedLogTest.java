package io.castalia.persistence.cassandra;

import io.castalia.persistence.journal.ReleasedLogContract;
import io.castalia.persistence.store.LogStore;

final class CassandraReleasedLogTest extends ReleasedLogContract {
  @Override
  protected LogStore store() {
    return SharedCassandra.store();
  }
}
