package io.castalia.persistence.cassandra;

import io.castalia.persistence.journal.DownedWriterContract;
import io.castalia.persistence.store.LogStore;

final class CassandraDownedWriterTest extends DownedWriterContract {
  @Override
  protected LogStore store() {
    return SharedCassandra.store();
  }
}
