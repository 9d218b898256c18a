package io.castalia.persistence.cassandra;

import io.castalia.persistence.journal.TakeoverContract;
import io.castalia.persistence.store.LogStore;

final class CassandraTakeoverTest extends TakeoverContract {
  @Override
  protected LogStore store() {
    return SharedCassandra.store();
  }
}
